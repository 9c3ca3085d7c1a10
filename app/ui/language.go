package ui

import (
	"embed"
	"os"
	"runtime"
	"slices"

	"fyne.io/fyne/v2/lang"
	"github.com/oklog/ulid/v2"

	"shopbell/assets"
)

// tongue chooses the language of the toolkit's texts and of ours.
type tongue struct {
	// all and list are LC_ALL and LANGUAGE as the program was started with.
	all, list string
}

// newTongue has the texts of all languages read, which must not happen while
// others say something.
func newTongue() tongue {
	_ = lang.AddTranslationsFS(assets.Translations, "translations") // they are built in: it cannot fail
	return tongue{os.Getenv("LC_ALL"), os.Getenv("LANGUAGE")}
}

// use makes lang.L answer in the language of a code of settings.Languages. What
// is on screen has to be made anew.
//
// The toolkit asks the system alone, and asks again whenever texts are added:
// where the environment decides, it is changed for this process; elsewhere the
// chosen texts take the place of those of the system's language.
func (t tongue) use(code string) error {
	if runtime.GOOS == "windows" || runtime.GOOS == "darwin" {
		return t.replace(code)
	}
	all, list := t.all, t.list
	if code != systemLanguage && code != "" {
		all, list = code+".UTF-8", code
	}
	for name, value := range map[string]string{"LC_ALL": all, "LANGUAGE": list} {
		if err := os.Setenv(name, value); err != nil {
			return err
		}
	}
	return lang.AddTranslationsFS(embed.FS{}, ".") // no more texts, but it looks at the system
}

func (t tongue) replace(code string) error {
	if err := lang.AddTranslationsFS(assets.Translations, "translations"); err != nil || code == systemLanguage || code == "" {
		return err
	}
	texts, err := assets.Translations.ReadFile("translations/" + code + ".json")
	if err != nil {
		return err
	}
	return lang.AddTranslationsForLocale(texts, lang.SystemLocale())
}

// systemLanguage is the choice of whatever the system speaks.
const systemLanguage = "system"

// languageChoices are the codes and how their speakers call them.
func languageChoices() (codes, names []string) {
	for _, l := range [][2]string{
		{systemLanguage, lang.L("As the system")}, {"en", "English"}, {"cs", "Čeština"}, {"pl", "Polski"},
		{"es", "Español"}, {"sk", "Slovenčina"}, {"de", "Deutsch"},
	} {
		codes, names = append(codes, l[0]), append(names, l[1])
	}
	return codes, names
}

// rebuild makes the window anew, as after a change of language: with the same
// list and the same capture, and the same page of the settings if they are open.
func (w *Window) rebuild() {
	scope, typed, id := w.list.scope, w.list.search.entry.Text, w.detail.id
	page := -1
	if w.preparing != nil {
		page = slices.Index(w.preparing.sections, w.preparing.shown)
	}
	for w.closeTop() {
	}
	w.refresh.selectID(ulid.ULID{})
	w.build()
	w.keeping++ // the model is of before the change
	w.showModel()
	w.keeping--
	w.list.search.entry.SetText(typed)
	w.choose(scope)
	if id != (ulid.ULID{}) {
		w.open(id)
	}
	if page >= 0 {
		w.openSettings()
		w.preparing.open(w.preparing.sections[page])
	}
	w.presence.wake()
}
