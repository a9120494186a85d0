# shell: > shares no offset, 2>&1 does, >> always appends
(echo aaaa; echo b) > f; cat f
{ echo out; echo err >&2; } > f 2>&1; cat f
{ echo out; echo er >&2; } > f 2> f; cat f
{ echo one; echo two >&2; } >> g 2>> g; cat g
exec 3> h; echo first >&3; (echo from a child >&3); echo last >&3; exec 3>&-; cat h
exec 3<> h; read x <&3; echo X >&3; exec 3>&-; cat h
echo 1234567 > k; printf ab 1<> k; cat k; cat k > k; wc -c < k
