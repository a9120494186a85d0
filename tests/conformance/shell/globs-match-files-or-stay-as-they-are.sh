# shell: * ? [] and hidden files; nullglob, failglob, dotglob, extglob, globstar
mkdir d; cd d; touch a b ab .h file1 file2; mkdir sub; touch sub/x
echo *; echo ?; echo [ab]*; echo file[!1]; echo .*; echo nomatch*
echo "*" '*' \*
shopt -s dotglob; echo *; shopt -u dotglob
shopt -s nullglob; echo nomatch*; shopt -u nullglob
shopt -s extglob globstar
echo !(a|b) @(a|b) **/x
shopt -s failglob; echo nomatch*; echo "status $?"
