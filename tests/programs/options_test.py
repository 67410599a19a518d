#!/usr/bin/python3
"""Options, environment and exit statuses of the server's and the client's main, without a session.

Usage: options_test.py SERVER_ECHO CLIENT_ECHO
"""
import os
import subprocess
import sys
import tempfile
import unittest

SERVER, CLIENT = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2])
KEY = 'AAECAwQFBgcICQoLDA0ODw'


def run(program, *arguments, name=None, **environment):
    """Run a program, called by a name; its status, standard output and standard error."""
    plain = {'PATH': '/usr/bin:/bin', 'LANG': 'C.UTF-8', 'TERM': 'xterm'}
    plain.update(environment)
    plain = {key: value for key, value in plain.items() if value is not None}
    with tempfile.TemporaryDirectory() as directory:
        called = program
        if name is not None:
            called = os.path.join(directory, name)
            os.symlink(program, called)
        done = subprocess.run([called, *arguments], env=plain, capture_output=True, text=True,
                              stdin=subprocess.DEVNULL, timeout=20, check=False)
    return done.returncode, done.stdout, done.stderr


class Server(unittest.TestCase):
    def check(self, arguments, expected, errors='', **environment):
        status, out, err = run(SERVER, *arguments, **environment)
        self.assertEqual(status, 0, err)
        for part in expected.split():
            self.assertIn(part, out.replace('\n', ' ') + ' ')
        if errors:
            self.assertIn(errors, err)
        else:
            self.assertEqual(err, '')

    def test_defaults(self):
        self.check(['new'], 'name=skua-server bind=any ports=60001:60999 colors=0 verbose=0 '
                   'network=0 signal=0')

    def test_name(self):
        _, out, _ = run(SERVER, 'new', name='mosh-server')
        self.assertIn('name=mosh-server', out)

    def test_legacy_forms(self):
        self.check([], 'bind=any ports=60001:60999')
        self.check(['192.0.2.1'], 'bind=192.0.2.1 ports=60001:60999')
        self.check(['192.0.2.1', '7'], 'bind=192.0.2.1 ports=7:7')
        status, out, err = run(SERVER, 'a', 'b', 'c')
        self.assertEqual((status, out), (1, ''))
        self.assertIn('Usage', err)

    def test_what_launchers_send(self):
        self.check(['new', '-c', '256', '-s', '-p', '60010:60020', '-l', 'LANG=C.UTF-8', '--',
                    'ls', '-l', '--help', '--', ''],
                   'bind=10.0.0.2 ports=60010:60020 colors=256 [ls][-l][--help][--][]',
                   SSH_CONNECTION='10.0.0.1 1 10.0.0.2 22')
        self.check(['new', '-v', '-@', 'new', '-c', '256', '-v'], 'verbose=2 colors=256 bind=any')
        self.check(['new', '-@', 'skua1', '-c0', '--'], 'colors=0 bind=any')
        self.check(['new', '-i', '192.0.2.9', '-vp0'], 'bind=192.0.2.9 ports=0:0 verbose=1')

    def test_ssh_connection(self):
        bind = lambda text: run(SERVER, 'new', '-s', SSH_CONNECTION=text)
        for text, address in [('10.0.0.1 1 10.0.0.2 22', '10.0.0.2'),
                              ('::ffff:10.0.0.1 1 ::FFFF:10.0.0.2 22', '10.0.0.2'),
                              ('fe80::2%lo 1 fe80::1%lo 22', 'fe80::1%lo'),
                              ('127.0.0.1 1 127.0.0.1 22', '127.0.0.1')]:
            status, out, err = bind(text)
            self.assertEqual((status, err), (0, ''))
            self.assertIn(f'bind={address} ', out)
        for text in [None, '', '10.0.0.1 1 10.0.0.2', 'a 1 b 22', '10.0.0.1 1 10.0.0.2 22 5',
                     '1' * 300 + ' 1 10.0.0.2 22', '10.0.0.1 1 127.0.0.1 22']:
            status, out, err = bind(text)
            self.assertEqual(status, 0)
            self.assertIn('bind=any ', out)
            self.assertIn('any address', err)
            self.assertEqual(err.count('\n'), 1)

    def test_later_bind_wins(self):
        self.check(['new', '-s', '-i', '192.0.2.9'], 'bind=192.0.2.9',
                   SSH_CONNECTION='10.0.0.1 1 10.0.0.2 22')
        self.check(['new', '-i', '192.0.2.9', '-s'], 'bind=10.0.0.2',
                   SSH_CONNECTION='10.0.0.1 1 10.0.0.2 22')

    def test_ports(self):
        for text, expected in [('0', '0:0'), ('1', '1:1'), ('65535', '65535:65535'),
                               ('1:65535', '1:65535'), ('5:5', '5:5')]:
            self.check(['new', '-p', text], f'ports={expected} ')
        for text in ['', ':', '5:', ':5', '0:5', '7:5', '65536', '1:70000', '-1', 'a', '1e4', '5 ',
                     ' 5', '+5', '5:6:7', '60001x', '9' * 30, '9' * 30 + ':5']:
            status, out, err = run(SERVER, 'new', '-p', text)
            self.assertEqual((status, out), (1, ''), text)
            self.assertIn('Bad UDP port'.lower(), err.lower())
            self.assertIn('Usage', err)

    def test_colors(self):
        self.check(['new', '-c', '-1'], 'colors=-1')
        for text in ['', 'x', '256x', '0x10', '9' * 30]:
            status, out, err = run(SERVER, 'new', '-c', text)
            self.assertEqual((status, out), (1, ''))
            self.assertIn('number of colors', err)

    def test_unknown_options_go_on(self):
        self.check(['new', '-Z', '-c', '8'], 'colors=8', errors='Usage')
        self.check(['new', '-c'], 'colors=0', errors='Usage')

    def test_help_and_version(self):
        for flag in ['--help', '-h']:
            status, out, err = run(SERVER, 'new', '-p', 'bad', flag)
            self.assertEqual((status, err), (0, ''))
            self.assertTrue(out.startswith('Usage: skua-server new '))
        status, out, _ = run(SERVER, '--version', name='mosh-server')
        self.assertEqual(status, 0)
        self.assertRegex(out.split('\n')[0], r'^mosh-server \(\S+ \S+\) \[build .+\]$')
        self.check(['new', '--', '--version'], '[--version]')

    def test_timeouts(self):
        self.check(['new'], 'network=604800 signal=60', MOSH_SERVER_NETWORK_TMOUT='604800',
                   MOSH_SERVER_SIGNAL_TMOUT='60')
        for text in ['-1', '5s', 'x', ' 5', '9' * 30]:
            self.check(['new'], 'network=0', errors='MOSH_SERVER_NETWORK_TMOUT',
                       MOSH_SERVER_NETWORK_TMOUT=text)

    def test_locale(self):
        self.check(['new', '-l', 'LANG=POSIX'], 'lang=C.UTF-8')
        self.check(['new', '-l', 'LANG=C.UTF-8'], 'lang=C.UTF-8', LANG='POSIX')
        self.check(['new', '-l', 'LANG=xx_XX'], 'lang=C.UTF-8', LANG=None)
        self.check(['new', '-l', 'LD_PRELOAD=/x'], 'lang=C.UTF-8', errors='ignored: -l LD_PRELOAD')


class Client(unittest.TestCase):
    def run_client(self, *arguments, **environment):
        environment.setdefault('MOSH_KEY', KEY)
        return run(CLIENT, *arguments, **environment)

    def check(self, arguments, expected, **environment):
        status, out, err = self.run_client(*arguments, **environment)
        self.assertEqual((status, err), (0, ''))
        for part in expected.split():
            self.assertIn(part, out.replace('\n', ' '))

    def refuse(self, arguments, *words, **environment):
        status, out, err = self.run_client(*arguments, **environment)
        self.assertEqual((status, out), (1, ''))
        for word in words:
            self.assertIn(word, err)
        self.assertNotIn(environment.get('MOSH_KEY') or KEY, err)

    def test_plain(self):
        self.check(['127.0.0.1', '60001'],
                   f'name=skua-client address=127.0.0.1 port=60001 key={KEY} leaked=0 predict=0 '
                   'overwrite=0 escape=none title=1 init=1 verbose=0')
        self.check(['-# host ls |', '-v', 'fe80::1%lo', '65535', '-v'],
                   'address=fe80::1%lo port=65535 verbose=2', name='mosh-client')

    def test_environment(self):
        self.check(['::1', '1'], 'predict=2 overwrite=1 escape=~ title=0 init=0',
                   MOSH_PREDICTION_DISPLAY='never', MOSH_PREDICTION_OVERWRITE='yes',
                   MOSH_ESCAPE_KEY='~', MOSH_TITLE_NOPREFIX='', MOSH_NO_TERM_INIT='1')
        self.check(['::1', '1'], 'predict=0 overwrite=0', MOSH_PREDICTION_OVERWRITE='Yes')
        self.refuse(['::1', '1'], 'MOSH_PREDICTION_DISPLAY', 'sometimes',
                    MOSH_PREDICTION_DISPLAY='sometimes')

    def test_key(self):
        self.refuse(['::1', '1'], 'MOSH_KEY', MOSH_KEY=None)
        for key in [KEY[:-1], KEY + 'A', KEY[:-1] + 'x', KEY + '==', '-' * 22]:
            self.refuse(['::1', '1'], 'MOSH_KEY', MOSH_KEY=key)

    def test_words(self):
        for arguments in [[], ['::1'], ['::1', '1', '2'], ['-Z', '::1', '1'], ['-#']]:
            self.refuse(arguments, 'Usage')
        for port in ['x', '', '0', '65536', '70000', '-1', '60001x', '1e4', '9' * 30]:
            self.refuse(['--', '::1', port], 'bad UDP port', 'Usage')
        for address in ['localhost', '', '1.2.3', '1.2.3.4.5', '[::1]']:
            self.refuse([address, '1'], 'not a numeric address', 'Usage')

    def test_help_and_version(self):
        status, out, err = self.run_client('-Z', '--help')
        self.assertEqual((status, err), (0, ''))
        self.assertIn('\n\nUsage: skua-client ', out)
        status, out, _ = self.run_client('x', '--version', name='mosh-client')
        self.assertEqual(status, 0)
        self.assertRegex(out.split('\n')[0], r'^mosh-client \(\S+ \S+\) \[build .+\]$')

    def test_colors(self):
        for term, colors in [('xterm', '8\n'), ('xterm-256color', '256\n'), ('dumb', '-1\n')]:
            self.assertEqual(self.run_client('-c', TERM=term), (0, colors, ''))
        for term in ['no-such-terminal', None, '../../x']:
            self.refuse(['-c'], 'skua-client: ', TERM=term)

    def test_locale_is_no_reason_to_refuse(self):
        for locale in ['POSIX', 'xx_XX.UTF-8']:
            status, out, err = self.run_client('::1', '1', LANG=locale)
            self.assertEqual(status, 0)
            self.assertIn('port=1', out)
            self.assertIn(locale, err)

    def test_failure_is_told_once(self):
        status, _, err = self.run_client('::1', '9')
        self.assertEqual((status, err), (1, 'skua-client: as the test wishes\n'))


if __name__ == '__main__':
    unittest.main(argv=sys.argv[:1])
