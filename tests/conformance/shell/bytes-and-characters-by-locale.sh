# shell: in the locale C and to sh each byte is a character, in C.UTF-8 not
x=$'\u00e9\u20ac\U1F600z'
show() { od -An -tx1; }
LC_ALL=C; echo ${#x}; printf %s "${x:0:1}" | show; printf %s "${x:3:2}" | show; printf '%s\n' "${x/?/-}" | show
[[ $x =~ ^. ]] && printf %s "${BASH_REMATCH[0]}" | show
[[ $x == ????? ]]; echo $?; case é in ?) echo one;; ??) echo two;; esac; printf '%d\n' "'é"; echo ${x^^} | show; echo ${x#?} | show
unset LC_ALL; echo ${#x} ${x:0:1}; case é in ?) echo one;; esac; printf '%d\n' "'é"; [[ é == ? ]] && echo one
touch é ab; LC_ALL=C bash -c 'echo ??'; bash -c 'echo ?'
for l in LANG=C LC_CTYPE=C LC_ALL=C.UTF-8 LC_ALL=POSIX; do env $l bash -c 'x=é; echo ${#x}'; done
sh -c 'x=é; echo ${#x} ${x#??}.; case $x in ?) echo one;; ??) echo two;; esac'
env -u LANG bash -c 'x=é; echo ${#x}'
