rm /tmp/lab/merged/delete
