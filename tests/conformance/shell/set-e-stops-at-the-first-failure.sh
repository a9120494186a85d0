# shell: errexit and the places where it does not count
bash -ec 'true; false; echo unreached'; echo "status $?"
bash -ec '
	false || echo or; if false; then :; fi; ! true; false && true; echo reached'; echo "status $?"
bash -ec 'x=$(false); echo unreached'; echo "status $?"
bash -ec 'f() { false; echo in f; }; f || true; f; echo unreached'; echo "status $?"
bash -ec 'false | true; echo pipe; (exit 9); echo unreached'; echo "status $?"
set -e; trap 'echo "leaving with $?"' EXIT
nosuch
echo unreached
