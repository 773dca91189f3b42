;;; A child process stops and ends, then its parent stops -*- lexical-binding: t; no-byte-compile: t -*-
(rig-run
 (rig-at "family.py" 5)
 (rig-break)
 (rig-at "family.py" 12)
 (rig-break)
 (launch-ls-debug "family")
 (rig-resume (rig-stopped "family.py" 5))
 ;; When the child has ended, the debugger's commands are for its parent.
 (let ((parent (rig-await "the parent" (lambda ()
                                         (let ((session (rig-current)))
                                           (and session (equal (rig-session-name session) "family")
                                                (memq session rig-stops)
                                                session))))))
   (rig-equal (rig-stopped "family.py" 12 "family") parent)
   (rig-resume parent))
 (rig-ended))
