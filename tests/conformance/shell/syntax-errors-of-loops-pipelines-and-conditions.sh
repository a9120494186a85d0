for s in 'for ((;;;)) do break; done' 'for ((1;2;3;4)); do :; done' 'for ((i=0;i<1)); do :; done' 'a | ! b' 'a || ! true | ! b' '[[ -z ]]' '[[ ! -n ]]' '[[ -f ]]' '[[ a && -z ]]'; do
  bash -c "$s"; echo "$? $s"
done
dash -c 'a | ! b'
