package ui

import (
	"context"
	"fmt"
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/widget"

	"shopbell/app/settings"
	"shopbell/app/ui/look"
)

// allSections are the pages of the sheet. Each key of the config file has its
// field on one of them.
func (s *settingsSheet) allSections() []*settingsSection {
	return []*settingsSection{
		s.tunnelSection(), s.shopSection(), s.endpointsSection(), s.keepSection(),
		s.forwardingSection(), s.notifySection(), s.appearanceSection(), s.languageSection(),
	}
}

// pageOf is a column with the title of a section above it.
func pageOf(title, says string, parts ...fyne.CanvasObject) *fyne.Container {
	head := []fyne.CanvasObject{bold(title)}
	if says != "" {
		head = append(head, look.NewProse(says, look.ColorMuted))
	}
	return look.Column(14, append([]fyne.CanvasObject{look.Column(4, head...)}, parts...)...)
}

func (s *settingsSheet) shopSection() *settingsSection {
	url := s.textSetting(keyOf("shop", "url"), lang.L("Address of your shop"), "http://localhost:8080", "", false,
		func(now settings.Settings) string { return now.Shop.URL })
	state := look.NewProse("", look.ColorMuted)
	follow := func(settings.Settings) {
		shop := s.window.model.shop
		state.SetText(shopSays(shop.Up, shop.Says))
		setVisible(state, state.Text() != "")
	}
	follow(s.base)
	return s.section(lang.L("Shop"), look.IconArrow,
		pageOf(lang.L("Shop"), lang.L("Deliveries are forwarded there: same method, headers and body."), url.field.content, state), follow)
}

func (s *settingsSheet) keepSection() *settingsSection {
	days := s.numberSetting(keyOf("keep", "days"), lang.L("Days"), lang.L("Captures go after so many days; 0 keeps them for ever. Pinned ones stay."),
		func(now settings.Settings) int { return now.Keep.Days })
	size := s.textSetting(keyOf("keep", "size"), lang.L("Size on disk"), "2GB", "", false,
		func(now settings.Settings) string { return settings.FormatSize(now.Keep.Size) })
	encrypt, encrypted := bold(lang.L("Encryption")), look.NewProse("", look.ColorMuted)
	follow := func(now settings.Settings) {
		size.field.explain(keptText(s.window.model) + ". " + lang.L("What is too much goes oldest first; 0 is no limit."))
		encrypted.SetText(encryptSays(now.Keep.Encrypt))
	}
	follow(s.base)
	folder := newCodeLine(func(text string) { s.window.copy(text, lang.L("the path")) })
	folder.set(s.window.engine.DataDir())
	s.folder = folder
	where := lang.L("It is chosen at the start, with --data; it cannot change while Shopbell runs.")
	if given := s.window.engine.Given("data"); given != "" {
		where = lang.L("Given with {{.Flag}}, so it cannot be changed here.", map[string]any{"Flag": given})
	}
	content := pageOf(lang.L("Keep"), "", days.field.content, size.field.content, s.compactLine(),
		look.Column(5, encrypt, encrypted), newField(lang.L("Folder"), folder.content, where).content)
	return s.section(lang.L("Keep"), look.IconInbox, content, follow)
}

// encryptSays tells whether captures are encrypted, and what it takes to change
// that: the key encrypt of [keep] holds for a new store only.
func encryptSays(key settings.Reference) string {
	if key == "" {
		return lang.L("Captures are kept as they are. To have them encrypted, write encrypt = \"keyring:shopbell store\" below [keep] in the config file and begin with a new data folder; \"shopbell store backup\" and \"restore\" take the captures along.")
	}
	return lang.L("Captures are kept encrypted, with the key {{.Key}}. To change that, begin with a new data folder; \"shopbell store backup\" and \"restore\" take the captures along.", map[string]any{"Key": string(key)})
}

// compactLine is the button that gives disk space back, and what came of it.
func (s *settingsSheet) compactLine() fyne.CanvasObject {
	result := look.NewProse("", look.ColorMuted)
	result.Hide()
	say := func(text string) {
		result.SetText(text)
		result.Show()
		s.state()
	}
	var compact *look.Button
	compact = look.Secondary(lang.L("Compact now"), "", func() {
		compact.Disable()
		say(lang.L("Giving disk space back…"))
		s.window.compact(func(before, after int64, err error) {
			compact.Enable()
			if err != nil {
				say(reason(err))
				return
			}
			say(lang.L("{{.Before}} on disk before, {{.After}} after.", map[string]any{"Before": bytesText(before), "After": bytesText(after)}))
		})
	})
	return look.Column(5, container.NewHBox(compact), result)
}

// compact gives disk space back and tells the bytes on disk before and after.
func (w *Window) compact(done func(before, after int64, err error)) {
	var before, after int64
	w.task(func(ctx context.Context) (err error) {
		before, after, err = w.engine.Compact(ctx)
		return err
	}, func(err error) { done(before, after, err) })
}

func (s *settingsSheet) appearanceSection() *settingsSection {
	theme := s.choiceSetting(keyOf("window", "theme"), lang.L("Theme"), "", []string{themeSystem, themeLight, themeDark},
		[]string{lang.L("As the system"), lang.L("Light"), lang.L("Dark")}, func(now settings.Settings) string { return now.Window.Theme })
	density := s.choiceSetting(keyOf("window", "density"), lang.L("Density"), lang.L("Compact shows more rows at once."),
		[]string{densityComfortable, densityCompact}, []string{lang.L("Comfortable"), lang.L("Compact")},
		func(now settings.Settings) string { return now.Window.Density })
	content := pageOf(lang.L("Appearance"), lang.L("The window's size and the widths of its parts are remembered by themselves."),
		theme.field.content, s.scaleSetting().field.content, density.field.content)
	return s.section(lang.L("Appearance"), look.IconEye, content, nil)
}

// scaleSetting chooses the size of text. A size that only the file can have is
// offered beside the round ones.
func (s *settingsSheet) scaleSetting() *setting {
	least, most := settings.ScaleRange()
	var c *choice
	offer := func(chosen int) {
		var values, labels []string
		for n := least; n <= most; n++ {
			if n%10 == 0 || n == chosen {
				values = append(values, strconv.Itoa(n))
				labels = append(labels, fmt.Sprintf("%d %%", n))
			}
		}
		c.offer(values, labels, strconv.Itoa(chosen))
	}
	f := &setting{key: keyOf("window", "scale")}
	c = newChoice(nil, nil, "", func(string) { s.edit(f) })
	f.input, f.lock = c.object(), c.button.Disable
	f.put = func(now settings.Settings) { offer(now.Window.Scale) }
	f.typed = func() any {
		n, _ := strconv.Atoi(c.chosen) // its values are numbers
		return n
	}
	return s.add(f, lang.L("Size of text"), lang.L("In per cent of the usual size."))
}

func (s *settingsSheet) languageSection() *settingsSection {
	codes, names := languageChoices()
	language := s.choiceSetting(keyOf("window", "language"), lang.L("Language of this window"), lang.L("Commands on a terminal speak English."),
		codes, names, func(now settings.Settings) string { return now.Window.Language })
	return s.section(lang.L("Language"), look.IconList, pageOf(lang.L("Language"), "", language.field.content), nil)
}

// pauseCheck turns forwarding on and off; it is a state of the moment and no key.
func (s *settingsSheet) pauseCheck() (*widget.Check, func(settings.Settings)) {
	check := widget.NewCheck(lang.L("Pause forwarding"), nil)
	follow := func(settings.Settings) {
		check.OnChanged = nil
		check.SetChecked(s.window.model.paused)
		check.OnChanged = func(bool) { s.window.togglePause() }
	}
	follow(s.base)
	return check, follow
}
