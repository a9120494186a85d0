# proc: ulimit: every limit, soft and hard
ulimit -a; ulimit -Ha
for o in b c d e f i k l m n p q r s t u v x P R T; do echo "$o: $(ulimit -S$o 2>&1) $(ulimit -H$o 2>&1)"; done
