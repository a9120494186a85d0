# shell: end of file instead of the delimiter
cat <<END
the text goes on
