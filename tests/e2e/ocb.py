"""AES-128-OCB as libgcrypt has it, for peers that a test makes up. docs/PROTOCOL.md, "Packets"."""

import ctypes

_AES128, _OCB = 7, 11
_FINALIZE = 5
_TAG_BYTES = 16


class ForgedError(Exception):
    """The tag does not fit."""


def _load():
    library = ctypes.CDLL("libgcrypt.so.20")
    library.gcry_check_version.restype = ctypes.c_char_p
    library.gcry_check_version(None)
    return library


_gcrypt = _load()


def _check(code):
    if code:
        raise ForgedError(f"libgcrypt says {code & 0xffff}")


class Ocb:
    """One key."""

    def __init__(self, key):
        self._handle = ctypes.c_void_p()
        _check(_gcrypt.gcry_cipher_open(ctypes.byref(self._handle), _AES128, _OCB, 0))
        _check(_gcrypt.gcry_cipher_setkey(self._handle, key, ctypes.c_size_t(len(key))))

    def _start(self, number):
        nonce = bytes(4) + number.to_bytes(8, "big")
        _check(_gcrypt.gcry_cipher_setiv(self._handle, nonce, ctypes.c_size_t(len(nonce))))
        _check(_gcrypt.gcry_cipher_ctl(self._handle, _FINALIZE, None, ctypes.c_size_t(0)))

    def seal(self, number, plaintext):
        """What travels behind the number."""
        self._start(number)
        out = ctypes.create_string_buffer(len(plaintext) or 1)
        if plaintext:
            _check(_gcrypt.gcry_cipher_encrypt(self._handle, out, ctypes.c_size_t(len(plaintext)), plaintext,
                                               ctypes.c_size_t(len(plaintext))))
        else:  # nothing is still something to be sealed
            _check(_gcrypt.gcry_cipher_encrypt(self._handle, None, ctypes.c_size_t(0), None, ctypes.c_size_t(0)))
        tag = ctypes.create_string_buffer(_TAG_BYTES)
        _check(_gcrypt.gcry_cipher_gettag(self._handle, tag, ctypes.c_size_t(_TAG_BYTES)))
        return out.raw[:len(plaintext)] + tag.raw

    def open(self, number, sealed):
        """The plaintext. Raises ForgedError."""
        body, tag = sealed[:-_TAG_BYTES], sealed[-_TAG_BYTES:]
        self._start(number)
        out = ctypes.create_string_buffer(len(body) or 1)
        _check(_gcrypt.gcry_cipher_decrypt(self._handle, out, ctypes.c_size_t(len(body)), body,
                                           ctypes.c_size_t(len(body))))
        _check(_gcrypt.gcry_cipher_checktag(self._handle, tag, ctypes.c_size_t(_TAG_BYTES)))
        return out.raw[:len(body)]
