;;; Plays the steps of a scenario: test/clients/conformance/scenarios.ts says what each means -*- lexical-binding: t; no-byte-compile: t -*-
(defvar asked nil "Prompts that were shown.")
(defvar answers nil "What the user answers to the next prompts.")
(defvar stopped nil "The session that has stopped.")

(defun step-answer (&rest values) (setq answers values))

(dolist (question '(read-string read-passwd))
  (advice-add question :override (lambda (prompt &rest _)
                                   (push prompt asked)
                                   (or (pop answers) (signal 'quit nil)))))

(defun step-open (file &optional line) (rig-at file (or line 1)))

(defun step-breakpoint (line &optional more)
  (goto-char (point-min))
  (forward-line (1- line))
  (rig-break (plist-get more :condition) (plist-get more :logMessage)))

(defun step-start (name) (launch-ls-debug name))
(defun step-run (name) (launch-ls-run name))
(defun step-pick (name) (rig-pick name))
(defun step-stopped (file line) (setq stopped (rig-stopped file line)))
(defun step-variable (name value) (rig-equal (rig-local stopped name) value))

;; The session goes on: its next stop is a new one.
(defun step-next () (rig-next stopped))
(defun step-continue () (rig-resume stopped))
(defun step-restart () (launch-ls-restart))

(defun step-stop () (launch-ls-stop))

(defun step-sessions (&rest names)
  (rig-await (format "sessions %s" names) (lambda () (equal (rig-names) names))))

(defun step-output (text) (rig-printed text))

(defun step-terminal (text)
  (rig-await (format "terminal %s" text) (lambda () (string-search text (rig-terminals)))))

(defun step-asked (title)
  (rig-await (format "prompt %s" title)
             (lambda () (seq-find (lambda (prompt) (string-search title prompt)) asked))))

(defun step-shown (text)
  (rig-await (format "message %s" text)
             (lambda () (seq-find (lambda (shown) (string-search text shown)) rig-shown))))

(defun step-write (file text) (rig-write file text))
(defun step-ended () (rig-ended))

(defun step-kill ()
  (send-string-to-terminal "killed\n")
  (signal-process (emacs-pid) 'SIGKILL))

(rig-run
 (dolist (wanted (with-temp-buffer
                   (insert-file-contents (getenv "RIG_STEPS"))
                   (json-parse-buffer :object-type 'plist :array-type 'list :null-object nil)))
   (condition-case failure
       (apply (intern (concat "step-" (car wanted))) (cdr wanted))
     ((error quit) (error "%S: %s" wanted (error-message-string failure))))))
