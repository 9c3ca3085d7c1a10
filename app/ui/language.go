package ui

import (
	"cmp"
	"embed"
	"os"
	"runtime"
	"slices"
	"time"

	"fyne.io/fyne/v2/lang"
	"github.com/oklog/ulid/v2"

	"shopbell/assets"
)

// tongue chooses the language of the toolkit's texts and of ours.
type tongue struct {
	// all and list are LC_ALL and LANGUAGE as the program was started with.
	all, list string
	code      string // in use
}

// newTongue has the texts of all languages read, which must not happen while
// others say something.
func newTongue() tongue {
	_ = lang.AddTranslationsFS(assets.Translations, "translations") // they are built in: it cannot fail
	return tongue{os.Getenv("LC_ALL"), os.Getenv("LANGUAGE"), systemLanguage}
}

// speaks tells whether the language of a code is in use; none is the system's.
func (t *tongue) speaks(code string) bool { return cmp.Or(code, systemLanguage) == t.code }

// use makes lang.L answer in the language of a code of settings.Languages. What
// is on screen has to be made anew. Nobody may say anything meanwhile: the
// toolkit has no lock around its texts.
//
// The toolkit asks the system alone, and asks again whenever texts are added:
// where the environment decides, it is changed for this process; elsewhere the
// chosen texts take the place of those of the system's language.
func (t *tongue) use(code string) {
	t.code = cmp.Or(code, systemLanguage)
	if runtime.GOOS == "windows" || runtime.GOOS == "darwin" {
		t.replace()
		return
	}
	all, list := t.all, t.list
	if t.code != systemLanguage {
		all, list = t.code+".UTF-8", t.code
	}
	// Neither can fail: the names are good, and no more texts are read.
	_ = os.Setenv("LC_ALL", all)
	_ = os.Setenv("LANGUAGE", list)
	_ = lang.AddTranslationsFS(embed.FS{}, ".")
}

func (t *tongue) replace() {
	_ = lang.AddTranslationsFS(assets.Translations, "translations")
	if t.code == systemLanguage {
		return
	}
	if texts, err := assets.Translations.ReadFile("translations/" + t.code + ".json"); err == nil { // settings take no other
		_ = lang.AddTranslationsForLocale(texts, lang.SystemLocale())
	}
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

// relearn makes the window anew in the language that was chosen: with the same
// list and the same capture, and the same page of the settings if they are open.
// What is under way beside the UI goroutine is broken off, and waited for.
func (w *Window) relearn() {
	if w.tongue.speaks(w.looks.Language) {
		return
	}
	if w.list.group.busy { // what was begun with many captures is not left half done
		w.later(time.Second, w.relearn)
		return
	}
	w.endShift()
	w.standStill()
	w.tongue.use(w.looks.Language)
	scope, typed, id := w.list.scope, w.list.search.entry.Text, w.detail.id
	page, applied := -1, false
	if s := w.preparing; s != nil {
		page, applied = slices.Index(s.sections, s.shown), s.news.Visible()
	}
	if w.host.open != nil {
		w.host.asked = nil // it is asked again in the other language
	}
	for w.closeTop() {
	}
	w.beginShift()
	w.refresh.setHidden(w.hidden)
	w.model = loadModel(w.engine, sampleNames{})
	w.build()
	w.showModel()
	w.setMark(w.marked)
	w.watch()
	w.list.search.entry.SetText(typed)
	w.choose(scope)
	if id != (ulid.ULID{}) {
		w.open(id)
	}
	if page >= 0 {
		w.reopenSettings(page, applied)
	}
}

// reopenSettings opens a page of the settings, after they were applied if so.
func (w *Window) reopenSettings(page int, applied bool) {
	s := w.newSettings()
	s.open(s.sections[page])
	if applied {
		s.sayApplied()
	}
}
