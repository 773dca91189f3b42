;;; A start from a buffer that is no file is about the file that one was in -*- lexical-binding: t; no-byte-compile: t -*-
(rig-stand-in #'ignore)

(defun editor-of (how &rest arguments)
  "Call HOW with ARGUMENTS; return the editor's state that the server heard."
  (let ((before (length (rig-heard "startDebug"))))
    (apply how arguments)
    (plist-get (car (last (rig-await "start" (lambda ()
                                               (let ((heard (rig-heard "startDebug")))
                                                 (and (> (length heard) before) heard))))))
               :editor)))

(rig-run
 (rig-edit "notes.txt")
 (rig-edit "app.py")
 (goto-char (point-min))
 (forward-line 2)
 (switch-to-buffer-other-window "*some repl*")
 (setq default-directory (file-name-as-directory rig-ws))
 (let ((editor (editor-of #'launch-ls-debug "app")))
   (rig-equal (list (plist-get editor :file) (plist-get editor :line) (plist-get editor :column))
              (list (expand-file-name "app.py" rig-ws) 3 1)))
 (rig-equal (buffer-name) "*some repl*")
 (let ((editor (editor-of #'launch-ls-restart)))
   (rig-equal (plist-get editor :file) (expand-file-name "app.py" rig-ws)))

 ;; The place is that of the window; without a window it is that of the buffer.
 (let ((window (get-buffer-window (find-buffer-visiting (expand-file-name "app.py" rig-ws)))))
   (set-window-point window (point-min))
   (rig-equal (plist-get (editor-of #'launch-ls-debug "app") :line) 1)
   (delete-other-windows))
 (rig-equal (plist-get (editor-of #'launch-ls-debug "app") :file) (expand-file-name "app.py" rig-ws))

 ;; No file at all.
 (dolist (buffer (buffer-list))
   (when (buffer-file-name buffer) (kill-buffer buffer)))
 (rig-equal (plist-get (editor-of #'launch-ls-debug "app") :file) nil))
