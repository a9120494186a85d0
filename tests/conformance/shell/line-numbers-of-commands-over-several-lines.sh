echo 1 $LINENO
x="$(
true
)"
echo 5 $LINENO
x=$(
true
)
echo 9 $LINENO
x="${y:-$(
true
)}"
echo 13 $LINENO
x="`
true
`"
echo 17 $LINENO
cat <(
true
)
echo 21 $LINENO
x="$(true
true)" ; echo 23 $LINENO
x="a
b"
echo 26 $LINENO
x="$((1+
2))"
echo 29 $LINENO
x=$((1+
2))
echo 32 $LINENO
: "$(cat <<E
here
E
)"
echo 37 $LINENO
: $(cat <<E
here
E
)
echo 42 $LINENO
x=(1
2)
echo 45 $LINENO
: "$(
echo $LINENO >&2
nosuch
)"
echo 50 $LINENO
: $(
echo $LINENO >&2
nosuch
)
echo 55 $LINENO
f() {
: "$(
true
)"
echo 60 $LINENO
}
f
echo 63 $LINENO
: "a $(
true
) b $(
true
)"
echo 69 $LINENO
if true; then
echo "$(
echo $LINENO
echo $LINENO
)"
echo 75 $LINENO
fi
echo $(
echo $LINENO
echo $LINENO
)
echo `
echo $LINENO
echo $LINENO`
x=$(
echo $LINENO)
echo $x
echo a "$(
echo $LINENO
)"
echo 90 $LINENO
echo 97 $LINENO
echo "$(echo "$(
true
)"
)"
echo 102 $LINENO
x="$(

# comment

true

)"
echo 110 $LINENO
