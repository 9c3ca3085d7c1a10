package ui

import "fyne.io/fyne/v2/lang"

// useLanguage makes the window speak the language of a code of
// settings.Languages, or for "system" that of the system. It is called before
// the first text is made and again when the choice changes.
//
// Texts are there in English alone so far, so there is nothing to switch yet.
func useLanguage(string) {}

// languageChoices are the codes and how their speakers call them.
func languageChoices() (codes, names []string) {
	for _, l := range [][2]string{
		{"system", lang.L("As the system")}, {"en", "English"}, {"cs", "Čeština"}, {"pl", "Polski"},
		{"es", "Español"}, {"sk", "Slovenčina"}, {"de", "Deutsch"},
	} {
		codes, names = append(codes, l[0]), append(names, l[1])
	}
	return codes, names
}
