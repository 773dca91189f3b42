;;; What every rig of Emacs shares -*- lexical-binding: t; no-byte-compile: t -*-
;; A rig passes with exit code 0 and a last line PASS.
(require 'cl-lib)
(require 'json)
(require 'launch-ls)

(defvar rig-ws (getenv "RIG_WS") "The workspace.")
(defvar rig-shown nil "What `message' showed, the newest first.")
(advice-add 'message :before (lambda (format &rest arguments)
                               (when format (push (apply #'format-message format arguments) rig-shown))))

;; Sessions and breakpoints of lsp-mode and dap-mode are kept in HOME, which is a folder of the test.
(setq lsp-restart 'ignore create-lockfiles nil make-backup-files nil)

(defun rig-await (what done &optional seconds)
  "Wait for DONE to give something, and return that; fail with WHAT and what Emacs showed."
  (let ((end (+ (float-time) (or seconds 10))) value)
    (while (and (not (setq value (funcall done))) (< (float-time) end))
      (accept-process-output nil 0.01))
    (or value (error "%s: not within %s s; shown: %S" what (or seconds 10) (seq-take rig-shown 5)))))

(defun rig-equal (actual expected)
  "Fail unless ACTUAL is EXPECTED."
  (unless (equal actual expected) (error "expected %S, got %S" expected actual)))

(defun rig-heard (method)
  "Return the parameters of METHOD that the stand-in server heard, in order."
  (with-temp-buffer
    (insert-file-contents (getenv "LAUNCH_LS_LOG"))
    (let (found)
      (while (re-search-forward "^.+\n" nil t) ; the last line may not be whole yet
        (let ((message (json-parse-string (match-string 0) :object-type 'plist :null-object nil)))
          (when (equal (plist-get message :method) method)
            (push (plist-get message :params) found))))
      (nreverse found))))

(defun rig-edit (name)
  "Visit the file NAME of the workspace."
  (find-file (expand-file-name name rig-ws)))

(defun rig-write (name text)
  "Write TEXT into the file NAME of the workspace."
  (write-region text nil (expand-file-name name rig-ws) nil 'silent))

(defun rig-text (buffer)
  "Return the text of BUFFER."
  (with-current-buffer buffer (buffer-substring-no-properties (point-min) (point-max))))

(defmacro rig-run (&rest body)
  "Run BODY and tell whether it passed."
  `(let ((code 1))
     (condition-case failure
         (progn ,@body (setq code 0) (princ "PASS\n"))
       ((error quit) (princ (format "FAIL %s\n" (error-message-string failure)))))
     (kill-emacs code)))

(defmacro rig-with-answers (answers &rest body)
  "Run BODY with a user who gives ANSWERS in turn; nil quits."
  (declare (indent 1))
  `(let ((answers ,answers))
     (cl-flet ((answer (&rest _) (or (pop answers) (signal 'quit nil))))
       (cl-letf (((symbol-function 'read-string) #'answer)
                 ((symbol-function 'read-passwd) #'answer)
                 ((symbol-function 'completing-read) #'answer))
         ,@body))))

(defun rig-stand-in (start)
  "Let START stand in for dape, which need not be installed."
  (let ((folder (expand-file-name "../stand-in" rig-ws)))
    (make-directory folder t)
    (write-region "(provide 'dape)\n" nil (expand-file-name "dape.el" folder) nil 'silent)
    (push folder load-path))
  (setq launch-ls-debugger 'dape)
  (defalias 'launch-ls-dape-start start))
