# shell: what lists assigned to arrays mean, indexed and associative
declare -a a1; declare -A a2; readonly -a a3; readonly -A a4; declare -p a1 a2 a3 a4
declare -i n; declare -p n; local x; declare -x e; declare -p e
set | grep '^a[1-4]'
declare -a | grep ' a[1-4]'
declare -A m=([a]=1 [b]=2 [c]=3 [k1]=foo [symbol1]=1 [symbol2]=2); declare -p m; echo "${m[@]}" "${!m[@]}"; echo "${m[@]:1:2}" "${m[@]: -1}" "${m[@]:0:1}"
m=(foo 'x y' z); declare -p m; declare -A m=(1 2 3); declare -p m
declare -A q=(1 2 3); declare -p q
declare -A w; w=(1 2 3 4); declare -p w; w+=(5 6); declare -p w
declare -A h=(['home']=~ [x]=~:~); declare -p h
HOME=/h; i=([0]=~ [1]=~:~ ~ x=~); declare -p i
declare -A a; a=([h]=1 [h]+=2); declare -p a; a+=([h]+=:3 [h]+=:4); declare -p a
a=([j]=1 2 3 4); echo $?; declare -p a
b=([k2]=-{a,b}-); declare -p b
declare -A z; z=([a]="${z[a]}x"); z=([a]="${z[a]}y"); declare -p z
typeset a=(x y); typeset -p a
x=(1 2); typeset x+=s; declare -p x
declare -a 'y1=(5 6)' ; declare -p y1; declare y2='(1 2)'; declare -p y2; c='x1=(1 2)'; typeset -a "$c"; declare -p x1
declare -A 'm3=([a]=b [c]=d)'; declare -p m3
declare +a 'xyz2=(2 3)'; declare -p xyz2
