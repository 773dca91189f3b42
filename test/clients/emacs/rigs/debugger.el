;;; What the rigs of both debuggers share -*- lexical-binding: t; no-byte-compile: t -*-
(load (expand-file-name "autoloads" (file-name-directory load-file-name)) nil t)
(setq launch-ls-debugger (intern (getenv "RIG_DEBUGGER")))
(load (expand-file-name (getenv "RIG_DEBUGGER") (file-name-directory load-file-name)) nil t)

(defun rig-at (file line)
  "Visit LINE of FILE of the workspace."
  (rig-edit file)
  (goto-char (point-min))
  (forward-line (1- line)))

(defun rig-stopped (file line &optional name)
  "Wait until a session (that of NAME) stops in LINE of FILE and Emacs shows it; return it."
  (let ((session
         (rig-await (format "stop of %s" (or name "a session"))
                    (lambda ()
                      (seq-find (lambda (session)
                                  (and (or (null name) (equal (rig-session-name session) name))
                                       (rig-frame session)))
                                rig-stops))
                    20))
        (place (cons (expand-file-name file rig-ws) line)))
    (setq rig-stops (remq session rig-stops))
    (rig-equal (rig-frame-place (rig-frame session)) place)
    (rig-select session)
    (rig-await (format "%s:%d on the screen" file line)
               (lambda () (seq-find (lambda (window) (equal (rig-window-place window) place)) (window-list))))
    session))

(defun rig-window-place (window)
  "Return the file and the line that WINDOW shows."
  (with-current-buffer (window-buffer window)
    (cons buffer-file-name (line-number-at-pos (window-point window)))))

(defun rig-names ()
  "Return the names of the sessions that run."
  (sort (mapcar #'rig-session-name (rig-sessions)) #'string<))

(defun rig-ended ()
  "Wait for the end of all sessions."
  (rig-await "end of all sessions" (lambda () (null (rig-sessions))) 20))

(defun rig-printed (text)
  "Wait until TEXT was printed."
  (rig-await (format "output %s" text) (lambda () (string-search text (rig-output))) 20))

(defun rig-refusal ()
  "Wait for a refusal, and return its text."
  (rig-text (rig-await "refusal" (lambda () (get-buffer "*launch-ls*")))))

(defun rig-terminals ()
  "Return what the terminals of this Emacs show."
  (mapconcat (lambda (buffer)
               (if (with-current-buffer buffer (derived-mode-p 'comint-mode)) (rig-text buffer) ""))
             (buffer-list) ""))
