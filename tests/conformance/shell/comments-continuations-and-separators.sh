# shell: #, backslash-newline, newline and semicolon, reserved words as arguments
echo a # a comment
echo a#b '#c' \#d
echo one \
	two; echo three \
	| tr a-z A-Z
true &&
	echo and
false ||
	echo or
echo if then else fi; echo { }; echo !; echo }
{ echo group; }
if true
then echo newline
fi
: comment-like "$(echo unseen)"; echo "$?"
