# shell: :- := :+ :? and their forms without the colon
unset u; e=''
echo "[${u:-d}] [${u-d}] [${e:-d}] [${e-d}] [${u:+s}] [${e+s}]"
echo "${n:=new} $n"
(echo "${u:?is not set}"; echo unreached); echo "status $?"
(: ${u?}); echo "status $?"
(: ${e:?}); echo "status $?"
