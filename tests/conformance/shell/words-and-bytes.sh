# shell: IFS of all kinds, and bytes that are no characters
set --; printf '<%s>' "${@+x}" "${*+x}"; a=(); printf '<%s>' "${a[@]+p}" "${a[*]+p}" "${a[@]:+p}" "${u[@]+p}"; echo
IFS=x; set -- "" "" ""; printf '<%s>' $* ; echo; printf '<%s>' $@; echo; printf '<%s>' =$@=; echo; printf '<%s>' a$*b; echo; set -- one "" two; printf '<%s>' $@; echo; printf '<%s>' pre$@post; echo
IFS=; set -- "" "" ""; printf '<%s>' $* ; echo; printf '<%s>' $@; echo; printf '<%s>' =$@=; echo;  set -- one "" two; printf '<%s>' $@; echo; printf '<%s>' $*; echo; v1=a v2=b; echo ${!v*} "${!v*}" "${!v@}"; b=(1 2 3); printf '<%s>' ${!b[*]} "${!b[*]}" ${!b[@]} ${b[*]}; echo
IFS=': '; set -- "" a "" ; printf '<%s>' $@; echo; printf '<%s>' $*; echo; x='a : b::c '; printf '<%s>' $x; echo; printf '<%s>' "$*"; echo
unset IFS; set -- "" a ""; printf '<%s>' $@; echo
IFS=,; x=a,,b; y=,a,; printf '<%s>' $x $y q$x ${x}q "$x"$y; echo; x=; printf '<%s>' $x"" ""$x $x; echo
IFS=' ,'; x=' , a ,, b , '; printf '<%s>' $x; echo
IFS=$'\n'; x=$'a\n\nb\n'; printf '<%s>' $x; echo; IFS='\'; x='a\b'; printf '<%s>' $x; echo
IFS=12; echo $((31415)) "$((31415))" $#; set -- a b; echo $#; 
unset IFS; pat='[^]]'; s='ab^cd^'; echo ${s//$pat/z} ${s//[^]]/z} ${s//[!]]/z} ${s//[^a]/z}; [[ a == $pat ]]; echo $?
echo $'\001\377' | od -An -tx1; printf '%q\n' $'\377' $'\xce\xbc\xce' $'a\xcea' $'\u00e9\x01'; x=$'\xff'; echo ${x@Q} "${#x}"; declare -p x; cat <<< $'\xff' | od -An -tx1; set | grep ^x=; printf '%s' "$x" | od -An -tx1; echo "$x" | od -c
echo -e '\xff\xce\xbc' | od -An -tx1; printf '\xff\377\u00ff\n' | od -An -tx1; printf '%b' '\xff\0377\u00ff' | od -An -tx1; printf '%c' $'\u03bc' | od -An -tx1; printf '%.1s|%3s|%-3s|\n' éa é é; printf '%x %d\n' "'é" "'$x"
echo -e '\U00110000' | od -An -tx1; echo $'\udc00' | od -An -tx1; printf '\U7fffffff' | od -An -tx1; echo $'\c?\ca\cA\c[' | od -An -tx1; echo $'a\c\\b' | od -c; echo $'\x' $'\xg' $'\u' $'\q' $'\x{41}' $'\8' $'\0' | od -c
