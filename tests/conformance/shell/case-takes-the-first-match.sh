# shell: patterns, alternatives, ;;& and ;&
t() { case $1 in a*) echo "starts a";; [0-9]|[0-9][0-9]) echo number;; *.txt) echo text;; "") echo empty;; *) echo other;; esac
}
t apple; t 42; t x.txt; t ''; t 123; t '*'
case abc in a*) echo 1;;& *b*) echo 2;& zzz) echo 3;; *) echo 4;; esac
case x in y) ;; esac; echo "status $?"
case 'a b' in 'a b') echo quoted;; esac
