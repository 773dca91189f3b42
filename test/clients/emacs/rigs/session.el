;;; Breakpoint, a local, a variable of the env file; edit the env file, restart, the new value -*- lexical-binding: t; no-byte-compile: t -*-
(defun stopped-with (mode)
  (let ((session (rig-stopped "app.py" 7 "app")))
    (rig-equal (mapcar (lambda (name) (rig-local session name)) '("total" "label" "mode"))
               (list "42" "'ééé'" (format "'%s'" mode)))
    session))

(rig-run
 (rig-at "app.py" 7)
 (rig-break)
 (launch-ls-debug "app")
 (stopped-with "dev")

 (rig-write "app.env" "MODE=staging\n")
 (launch-ls-restart)
 (launch-ls-restart) ; a key that is pressed twice
 (stopped-with "staging")
 (rig-equal (get-buffer "*launch-ls*") nil)
 (rig-equal (rig-names) '("app"))

 ;; The debugger's own command reads it afresh, too.
 (rig-write "app.env" "MODE=test\n")
 (rig-debugger-restart)
 (rig-resume (stopped-with "test"))
 (rig-ended)
 (rig-printed "result 42 test\n")

 (rig-write "app.env" "MODE=prod\n")
 (rig-pick "app")
 (stopped-with "prod")
 (rig-debugger-stop)
 (rig-ended)

 (rig-write "app.env" "MODE=again\n")
 (rig-debugger-again)
 (stopped-with "again")
 (launch-ls-stop)
 (rig-ended)

 (launch-ls-run "app")
 (rig-printed "result 42 again\n")
 (rig-ended)
 (rig-equal (get-buffer "*launch-ls*") nil)
 (rig-equal (seq-filter (lambda (shown) (string-search "No message handler" shown)) rig-shown) nil))
