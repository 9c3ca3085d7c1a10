package ui

import (
	"fyne.io/fyne/v2/lang"

	"shopbell/app/settings"
)

// serviceChoices are the services that forward over SSH, after a server of one's
// own, which is "".
func serviceChoices() (values, labels []string) {
	values = append([]string{""}, settings.Services()...)
	labels = append([]string{lang.L("None: a server of your own")}, settings.Services()...)
	return values, labels
}

// serviceSays is what users of a service should know.
func serviceSays(name string) string {
	says := lang.L("A service needs no account. HTTPS ends there, so it can read what passes.")
	switch name {
	case "localhost.run":
		return says + " " + lang.L("The address changes after some hours.")
	case "pinggy":
		return says + " " + lang.L("The address ends after 60 minutes.")
	case "serveo":
		return says + " " + lang.L("A name that stays needs a key that is registered there.")
	case "srv.us":
		return says + " " + lang.L("The address follows from the key, so it stays the same.")
	}
	return lang.L("Any OpenSSH server that lets ports be forwarded.")
}
