# shell: the script runs up to the line that never ends
echo first
echo "this quote
is never closed
