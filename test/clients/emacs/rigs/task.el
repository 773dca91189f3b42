;;; A task runs before the program -*- lexical-binding: t; no-byte-compile: t -*-
(rig-run
 (rig-at "app.py" 7)
 (rig-break)
 (rig-pick "built")
 (rig-resume (rig-stopped "app.py" 7 "built"))
 (rig-ended)
 (unless (string-search "building\n" (rig-text (launch-ls-output-buffer))) (error "no output of the task"))

 (rig-edit "app.py")
 (rig-pick "not built")
 (let ((text (rig-refusal)))
   (unless (and (string-search "fail" text) (string-search "no luck" text) (string-search "tasks.json:6" text))
     (error "%s" text)))
 (rig-equal (rig-sessions) nil))
