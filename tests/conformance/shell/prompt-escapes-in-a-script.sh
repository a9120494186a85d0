# shell: what the escapes of PS1 give in a script
x='\#'; echo "${x@P}"
echo "${x@P}"
(echo "${x@P}"); y='\l'; echo "${y@P}" < /dev/null; z='\!'; echo "${z@P}"; w='\j \s \v \V \$ \\ \101 \w \W \u \h \H \[a\]'; echo "${w@P}"
