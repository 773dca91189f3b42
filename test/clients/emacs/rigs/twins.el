;;; Choices that have the same label -*- lexical-binding: t; no-byte-compile: t -*-
(defvar offered nil "What the user can choose from.")

(defun choose (answer items &optional value)
  "Return what the server is told when the user chooses ANSWER of ITEMS."
  (let (told)
    (cl-letf (((symbol-function 'completing-read)
               (lambda (_prompt collection &rest more)
                 (setq offered (all-completions "" collection))
                 (or answer (nth 4 more)))))
      (funcall (launch-ls--message 'debug/prompt (list :kind "pick" :title "Process" :items items :value value))
               (lambda (reply) (setq told (list reply))))
      (plist-get (car (rig-await "reply" (lambda () told))) :value))))

(rig-run
 (let ((items [(:label "python3" :detail "11 python3 a.py" :value "11")
               (:label "zsh" :detail "12 zsh" :value "12")
               (:label "python3" :detail "13 python3 b.py" :value "13")
               (:label "python3" :detail "13 python3 b.py" :value "14")]))
   (rig-equal (choose "python3  13 python3 b.py" items) "13")
   (rig-equal offered '("python3  11 python3 a.py" "zsh" "python3  13 python3 b.py" "python3  13 python3 b.py <2>"))
   (rig-equal (choose "python3  13 python3 b.py <2>" items) "14")
   (rig-equal (choose "zsh" items) "12")
   (rig-equal (choose nil items) "11")
   (rig-equal (choose nil items "14") "14")))
