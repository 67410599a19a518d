# fish completion for skua: options, their values, hosts that ssh knows.

# Options whose value may be a word of its own, which then is no host. The short one comes first: long ones
# in front would be taken for options of the function that gets the list.
set -g __skua_takes_value -p -F --port --client --server --ssh --predict --family --bind-server \
    --experimental-remote-ip --record --upload

# Whether the host is still to come.
function __skua_needs_host
    set -l words (commandline -opc)
    set -e words[1]
    set -l skip 0
    for word in $words
        if test $skip = 1
            set skip 0
        else if contains -- $word $__skua_takes_value
            set skip 1
        else if test $word = doctor -a $word = "$words[1]"
            continue
        else if not string match -q -- '-*' $word
            return 1
        end
    end
    return 0
end

complete -c skua -f
complete -c skua -n __skua_needs_host -a '(__fish_complete_user_at_hosts)'
complete -c skua -n '__skua_needs_host; and not __fish_seen_subcommand_from doctor' -a doctor \
    -d 'Find out why sessions do not work'
complete -c skua -n 'not __skua_needs_host' -a '(__fish_complete_subcommand --fcs-skip=2 $__skua_takes_value)'

complete -c skua -n __skua_needs_host -l client -r -F -d 'Run a program as the client'
complete -c skua -n __skua_needs_host -l server -x -d 'Command that starts the server'
complete -c skua -n __skua_needs_host -l ssh -x -d 'Command that reaches the host'
complete -c skua -n __skua_needs_host -l ssh-pty -d 'Ask ssh for a terminal on the host'
complete -c skua -n __skua_needs_host -l no-ssh-pty -d 'Do not ask ssh for a terminal'
complete -c skua -n __skua_needs_host -l predict -x -a 'adaptive always never experimental' \
    -d 'When to show keys before the host does'
complete -c skua -n __skua_needs_host -s a -d 'Always predict'
complete -c skua -n __skua_needs_host -s n -d 'Never predict'
complete -c skua -n __skua_needs_host -s o -l predict-overwrite -d 'Predicted keys overwrite'
complete -c skua -n __skua_needs_host -l no-predict-overwrite -d 'Predicted keys insert'
complete -c skua -n __skua_needs_host -s 4 -d 'Use IPv4 only'
complete -c skua -n __skua_needs_host -s 6 -d 'Use IPv6 only'
complete -c skua -n __skua_needs_host -l family -x \
    -a 'inet inet6 prefer-inet prefer-inet6 all auto' -d 'Which addresses to use'
complete -c skua -n __skua_needs_host -s p -l port -x -d 'UDP port or range of the server'
complete -c skua -n __skua_needs_host -l bind-server -x -a 'ssh any' \
    -d 'Address that the server binds to'
complete -c skua -n __skua_needs_host -l experimental-remote-ip -x -a 'proxy remote local' \
    -d 'How to learn the host\'s address'
complete -c skua -n __skua_needs_host -l upload -x -a 'ask always never' \
    -d 'Copy a server to a host without one'
complete -c skua -n __skua_needs_host -l record -r -F -d 'Write what is seen to a file'
complete -c skua -n __skua_needs_host -l metered -d 'Send as few packets as can be'
complete -c skua -n __skua_needs_host -l init -d 'Use the alternate screen'
complete -c skua -n __skua_needs_host -l no-init -d 'Stay on the main screen'
complete -c skua -n __skua_needs_host -l json -d 'Print what the doctor finds as JSON'
complete -c skua -n __skua_needs_host -l local -d 'Run the server on this machine'
complete -c skua -n __skua_needs_host -s F -r -F -d 'Read the configuration from a file'
complete -c skua -n __skua_needs_host -s G -d 'Print what the configuration says of the host'
complete -c skua -n __skua_needs_host -l help -d 'Print the options'
complete -c skua -n __skua_needs_host -l version -d 'Print the version'
