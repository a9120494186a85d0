# shell: && || ; and grouping, the status of each
true && echo a || echo b; false && echo a || echo b; false || false || echo c
true || echo no && echo yes
false; echo $?; true & wait $!; echo $?
{ false; true; } && echo grouped; (false; exit 3) || echo "sub $?"
if false; then :; elif true; then echo elif; else echo else; fi
if nosuch 2>/dev/null; then :; fi; echo "if: $?"
