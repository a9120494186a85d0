echo $(( $(echo '1"2' | tr -d '"') + 1 )) $(( "1" + "2" )) $((`echo "3"`)) $(("${x:-"4"}"))
a=(1 2); i=1; echo $(( "${a["$i"]}" + "1" )); declare -A m; m["x y"]=3; k="x y"; echo $(( m["$k"] )); (( m["x y"]++ )); echo ${m["x y"]} ${a["1"]}
size() { echo $(($(awk '$1 == "file" { print $2 }' $1) / 2)); }; echo 'file 10' > s; size s; echo $(( $(printf %s '"' | wc -c) ))
