;;; The lines of the README or of the manual are all that the user has: <f5> debugs and continues, S-<f5> stops -*- lexical-binding: t; no-byte-compile: t -*-
(defun press (key) (call-interactively (key-binding (kbd key))))

(rig-run
 (rig-equal launch-ls-command nil)
 (rig-at "app.py" 7)
 (rig-break)
 (rig-with-answers '("app") (press "<f5>"))
 (let ((session (rig-stopped "app.py" 7 "app")))
   (rig-equal (list (rig-local session "total") (rig-local session "mode")) '("42" "'dev'")))
 (rig-with-answers nil (press "<f5>"))
 (rig-printed "result 42 dev\n")
 (rig-ended)

 (rig-with-answers '("app") (press "<f5>"))
 (rig-stopped "app.py" 7 "app")
 (press "S-<f5>")
 (rig-ended))
