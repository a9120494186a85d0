# userland: tree, -L -d -a -f -F, counts, missing directory
mkdir -p r/{lower,upper/sub,work}; touch r/lower/{a,b} r/upper/sub/.hid; ln -s lower/a r/l
tree r; tree -L 1 r; tree -d r; tree -a r/upper; tree -f r/lower; tree nosuch; echo "status $?"
tree -F --noreport r; tree -L x r; echo "status $?"; mkdir e; tree e; tree r/lower/a
