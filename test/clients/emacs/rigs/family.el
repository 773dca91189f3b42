;;; A compound of two, and the child process of a program, each with its own session -*- lexical-binding: t; no-byte-compile: t -*-
(rig-run
 (rig-at "app.py" 7)
 (rig-break)
 (launch-ls-debug "both")
 (rig-equal (rig-local (rig-stopped "app.py" 7 "app") "total") "42")
 (rig-equal (rig-local (rig-stopped "app.py" 7 "other") "total") "43")
 (rig-equal (rig-names) '("app" "other"))
 ;; stopAll: the end of one by the user is the end of the other.
 (rig-debugger-stop)
 (rig-ended)

 (rig-unbreak)
 (rig-at "family.py" 5)
 (rig-break)
 (launch-ls-debug "family")
 (let ((child (rig-stopped "family.py" 5)))
   (rig-equal (rig-local child "square") "49")
   ;; Its own session, beside the parent's.
   (unless (and (member "family" (rig-names)) (not (equal (rig-session-name child) "family")))
     (error "no child: %S" (rig-names)))
   (rig-resume child))
 (rig-ended)
 (rig-printed "child 49\n")
 (rig-printed "parent\n")
 (rig-equal (get-buffer "*launch-ls*") nil))
