# userland: fmt - kinds of paragraphs, wrong use
t() { echo "$ ${*@Q}"; "$@"; echo "[$?]"; }
cat > a <<'T'
Mr. Smith went to Washington.  He didn't know what (if anything) he would find there; but he went anyway. "Really?" she said.  Yes!
It was (so to say) a very, very long day in the city: nothing happened, and then everything did. Short.

	Tabbed paragraph with several words that should be wrapped after a while because it is long enough to need it.
	Second line of it.

 * item one that goes on for rather a long time so that it needs to be wrapped somewhere near the end
   and its second line
 * item two

1. numbered list item which is also long enough that a break must come sooner or later in the text
# comment one which is long enough to be wrapped by fmt when it is asked to do so by its prefix option
# comment two
#
# comment three
code line that is not to be touched by the prefix option even though it is extremely long, as one sees here
   # indented comment that goes on and on and on and on and on and on and on and on and on and on and on
averyveryveryveryveryveryveryveryveryveryveryveryveryveryveryveryveryveryveryveryveryveryverylongword yes
가나다라 마바사 아자차카 타파하 가나다라 마바사 아자차카 타파하 가나다라 마바사 아자차카 타파하 가나다라 마바사
T
t fmt a
t fmt -40 a
t fmt -w 50 -t a
t fmt -w 50 -c a
t fmt -ct a
t fmt -s -60 a
t fmt -u a
t fmt -p '#' a
t fmt -p '# ' -w 50 a
t fmt -p '  #' -w 50 a
t fmt -g 30 a
t fmt -w 30 -g 20 a
t fmt -1 a
t fmt -w 40 -5 a
t fmt -x5 a
t fmt a a
t fmt - < a
t fmt .
t fmt -w 2501 a
t fmt -w -5 a
printf 'a b\nc' | t fmt
printf '\n\n' | t fmt
printf '  \n x\n' | t fmt
printf '' | t fmt
