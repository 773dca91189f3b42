;;; launch-ls-show.el --- What launch-ls shows and asks  -*- lexical-binding: t; -*-

;; SPDX-License-Identifier: MIT

;;; Commentary:

;; Refusals with their place in launch.json, the output of tasks, progress, what
;; a configuration means, and prompts.

;;; Code:

(require 'ansi-color)
(require 'json)
(require 'launch-ls-server)

;;; Messages of the server

(defvar launch-ls-input-history nil
  "Answers to the inputs of configurations.")

(defun launch-ls--message (method params)
  "Handle the server's message METHOD with PARAMS; nil when it is not known."
  (pcase method
    ('debug/prompt (launch-ls--later #'launch-ls--ask params))
    ('debug/command (launch-ls--later #'launch-ls--run-command params))
    ('debug/output (launch-ls-show-output (plist-get params :text)) t)
    ('$/progress (launch-ls--show-progress (plist-get params :value)) t)
    ('window/showMessage (message "launch-ls: %s" (plist-get params :message)) t)))

(add-hook 'launch-ls-message-functions #'launch-ls--message)

(defun launch-ls--later (answer params)
  "Return a function that replies what ANSWER gives for PARAMS, or null.
It does so outside of the process filter, where nobody may be asked."
  (lambda (reply)
    (run-at-time 0 nil (lambda ()
                         (let ((value (funcall answer params)))
                           (funcall reply (and value (list :value value))))))))

(defun launch-ls--ask (params)
  "Ask the user what PARAMS say; nil when it is cancelled."
  (let ((inhibit-quit nil)
        (enable-recursive-minibuffers t)
        (prompt (concat (plist-get params :title) ": "))
        (value (plist-get params :value)))
    (condition-case nil
        (cond ((equal (plist-get params :kind) "pick") (launch-ls--pick params))
              ((eq (plist-get params :password) t) (read-passwd prompt nil value))
              (t (read-string prompt value 'launch-ls-input-history)))
      (quit nil))))

(defun launch-ls--pick (params)
  "Ask for one of the items of PARAMS; return its value."
  (let* ((items (append (plist-get params :items) nil))
         (labels (mapcar (lambda (item) (cons (plist-get item :label) item)) items))
         (default (car (or (seq-find (lambda (label)
                                       (equal (plist-get (cdr label) :value) (plist-get params :value)))
                                     labels)
                           (car labels))))
         (completion-extra-properties
          (list :annotation-function
                (lambda (label)
                  (when-let ((detail (plist-get (cdr (assoc label labels)) :detail)))
                    (concat "  " detail)))))
         (label (completing-read (format-prompt (plist-get params :title) default) labels
                                 nil t nil 'launch-ls-input-history default)))
    (plist-get (cdr (assoc label labels)) :value)))

(defun launch-ls--run-command (params)
  "Return what the command that PARAMS name gives."
  (when-let ((function (cdr (assoc (plist-get params :command) launch-ls-commands))))
    (funcall function (plist-get params :args))))

(defun launch-ls--show-progress (value)
  "Show VALUE, the progress of a start, in the echo area."
  (unless (equal (plist-get value :kind) "end")
    (let ((percentage (plist-get value :percentage)))
      (message "%s%s" (or (plist-get value :message) (plist-get value :title) "")
               (if percentage (format " %d %%" percentage) "")))))

;;; Refusals

(defvar launch-ls-refusal-mode-map
  (let ((map (make-sparse-keymap)))
    (set-keymap-parent map (make-composed-keymap button-buffer-map special-mode-map))
    map)
  "TAB goes to the button, RET to what it names.")

(define-derived-mode launch-ls-refusal-mode special-mode "Refused"
  "Major mode for why a start was refused.
\\{launch-ls-refusal-mode-map}"
  :interactive nil)

(defun launch-ls-show-refusal (failure)
  "Show why a start was refused: FAILURE is a JSON-RPC error or a StartError."
  (let* ((data (or (plist-get failure :data) failure))
         (text (or (plist-get data :message) (plist-get failure :message))))
    (unless (equal (plist-get data :kind) "cancelled")
      (with-current-buffer (get-buffer-create "*launch-ls*")
        (launch-ls-refusal-mode)
        (let ((inhibit-read-only t))
          (erase-buffer)
          (insert text "\n")
          (seq-doseq (tried (plist-get data :tried)) (insert "  tried " tried "\n"))
          (when-let ((remedy (plist-get data :remedy))) (insert remedy "\n"))
          (when-let ((location (plist-get data :location)))
            (insert "\n")
            (launch-ls--insert-place location)
            (insert "\n"))
          (when-let ((output (plist-get data :output))) (insert "\n" (ansi-color-apply output) "\n"))
          (goto-char (point-min)))
        (display-buffer (current-buffer)))
      (message "%s" text))))

(defun launch-ls--insert-place (location)
  "Insert a button for LOCATION."
  (insert-text-button (launch-ls--place location)
                      'action (lambda (_) (launch-ls-go location))
                      'follow-link t
                      'help-echo "Go there"))

(defun launch-ls--place (location)
  "Return LOCATION as text."
  (format "%s:%d" (file-relative-name (launch-ls-uri-file (plist-get location :uri)))
          (1+ (launch-ls--line location))))

(defun launch-ls--line (location)
  "Return the first line of LOCATION, from 0."
  (plist-get (plist-get (plist-get location :range) :start) :line))

(defun launch-ls-go (location)
  "Visit the file of LOCATION at its line."
  (find-file-other-window (launch-ls-uri-file (plist-get location :uri)))
  (goto-char (point-min))
  (forward-line (launch-ls--line location)))

;;; Output of tasks

(defun launch-ls-show-output (text)
  "Append TEXT to the buffer of the output of tasks."
  (with-current-buffer (launch-ls-output-buffer)
    (let ((inhibit-read-only t))
      (save-excursion
        (goto-char (point-max))
        (insert (string-replace "\r" "" (ansi-color-apply text)))))))

(defun launch-ls-output-buffer ()
  "Return the buffer of the output of tasks."
  (or (get-buffer "*launch-ls output*")
      (with-current-buffer (get-buffer-create "*launch-ls output*")
        (special-mode)
        (current-buffer))))

;;; What a configuration means

(defun launch-ls-show-resolved (result)
  "Show RESULT, the answer to debug/resolve."
  (with-current-buffer (get-buffer-create "*launch-ls configuration*")
    (let ((inhibit-read-only t))
      (erase-buffer)
      (js-mode)
      (seq-doseq (item (plist-get result :items)) (launch-ls--insert-resolved item))
      (goto-char (point-min)))
    (view-mode 1)
    (pop-to-buffer (current-buffer))))

(defun launch-ls--insert-resolved (item)
  "Insert ITEM, a ResolvedConfiguration."
  (insert "// " (plist-get item :name) "\n")
  (seq-doseq (problem (plist-get item :problems))
    (insert "// " (nth (1- (or (plist-get problem :severity) 1)) '("error" "warning" "info" "hint"))
            ": " (plist-get problem :message) (launch-ls--origin problem) "\n"))
  (let ((origins (mapcar (lambda (origin) (cons (append (plist-get origin :path) nil) origin))
                         (plist-get item :origins))))
    (launch-ls--insert-json (plist-get item :configuration) nil origins "" "")))

(defun launch-ls--origin (thing)
  "Return the place of THING in parentheses, or its kind, or nothing."
  (let ((location (plist-get thing :location))
        (kind (plist-get thing :kind)))
    (cond (location (format " (%s)" (launch-ls--place location)))
          (kind (format " (%s)" kind))
          (t ""))))

(defun launch-ls--insert-json (value path origins indent after)
  "Insert VALUE at PATH as JSON and AFTER it, lines indented by INDENT.
ORIGINS tell where each path comes from."
  (let* ((origin (cdr (assoc path origins)))
         (note (if origin (concat "  //" (launch-ls--origin origin)) ""))
         (inner (concat indent "  "))
         (list (and (vectorp value) (> (length value) 0)))
         (object (and (consp value) (keywordp (car value)))))
    (if (not (or list object))
        (insert (launch-ls--json value) after note "\n")
      (insert (if list "[" "{") note "\n")
      (let ((index 0)
            (parts (if list (append value nil) (seq-partition value 2))))
        (dolist (part parts)
          (let ((name (and object (substring (symbol-name (car part)) 1))))
            (insert inner (if object (concat (json-encode-string name) ": ") ""))
            (launch-ls--insert-json (if object (cadr part) part)
                                    (append path (list (or name index)))
                                    origins inner
                                    (if (= (1+ index) (length parts)) "" ","))
            (setq index (1+ index)))))
      (insert indent (if list "]" "}") after "\n"))))

(defun launch-ls--json (value)
  "Return VALUE, without parts, as JSON."
  (cond ((null value) "null")
        ((eq value :json-false) "false")
        ((stringp value) (json-encode-string value))
        (t (json-encode value))))

(provide 'launch-ls-show)
;;; launch-ls-show.el ends here
