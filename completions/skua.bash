# bash completion for skua: options, their values, hosts that ssh knows.

_skua()
{
    local cur prev words cword split=false
    _init_completion -s || return

    case $prev in
        --client)
            _command_offset "$cword"
            return
            ;;
        --server | --ssh | --port | -p)
            return
            ;;
        --predict)
            COMPREPLY=($(compgen -W 'adaptive always never experimental' -- "$cur"))
            return
            ;;
        --family)
            COMPREPLY=($(compgen -W 'inet inet6 prefer-inet prefer-inet6 all auto' -- "$cur"))
            return
            ;;
        --upload)
            COMPREPLY=($(compgen -W 'ask always never' -- "$cur"))
            return
            ;;
        --bind-server)
            COMPREPLY=($(compgen -W 'ssh any' -- "$cur"))
            return
            ;;
        --record | -F)
            _filedir
            return
            ;;
        --experimental-remote-ip)
            COMPREPLY=($(compgen -W 'proxy remote local' -- "$cur"))
            return
            ;;
    esac
    $split && return

    # Behind the host there is a command, behind the doctor a host.
    local i doctor=doctor
    [[ ${words[0]##*/} == skua* ]] || doctor=
    for ((i = 1; i < cword; i++)); do
        case ${words[i]} in
            --client | --server | --ssh | --port | -p | --predict | --family | --bind-server | \
                --experimental-remote-ip | --record | --upload | -F)
                ((i++))
                # The line is cut at "=", which then is a word of its own.
                [[ ${words[i]-} == = ]] && ((i++))
                ;;
            -*) ;;
            doctor)
                [[ $doctor ]] || {
                    _command_offset "$((i + 1))"
                    return
                }
                doctor=
                ;;
            *)
                _command_offset "$((i + 1))"
                return
                ;;
        esac
    done

    if [[ $cur == -* ]]; then
        COMPREPLY=($(compgen -W '--client= --server= --ssh= --no-ssh-pty --ssh-pty --predict=
            --predict-overwrite --no-predict-overwrite --family= --port= --bind-server=
            --experimental-remote-ip= --record= --upload= --metered --json --no-init --init --local --help --version
            -a -n -o -4 -6 -p -F -G' -- "$cur"))
        [[ ${COMPREPLY-} == *= ]] && compopt -o nospace
        return
    fi
    _known_hosts_real -a -- "$cur"
    [[ $doctor ]] && COMPREPLY+=($(compgen -W "$doctor" -- "$cur"))
    return 0
} && complete -F _skua skua mosh
