package look

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
)

// Names of our colours beside those of the toolkit. A Soft colour is the
// background on which the colour of the same tone is read.
const (
	ColorPane        fyne.ThemeColorName = "shopbell.pane"   // sidebar, pills, gutters
	ColorPanel       fyne.ThemeColorName = "shopbell.panel"  // cards, buttons
	ColorBorder      fyne.ThemeColorName = "shopbell.border" // lines between parts
	ColorMuted       fyne.ThemeColorName = "shopbell.muted"  // second line, units, hints
	ColorSelected    fyne.ThemeColorName = "shopbell.row"    // background of the selected row
	ColorHoverRow    fyne.ThemeColorName = "shopbell.hover"  // background of the row under the pointer
	ColorBar         fyne.ThemeColorName = "shopbell.bar"    // bars of the activity strip
	ColorGood        fyne.ThemeColorName = "shopbell.good"   // green
	ColorGoodSoft    fyne.ThemeColorName = "shopbell.good-soft"
	ColorCaution     fyne.ThemeColorName = "shopbell.caution" // amber
	ColorCautionSoft fyne.ThemeColorName = "shopbell.caution-soft"
	ColorBad         fyne.ThemeColorName = "shopbell.bad" // red
	ColorBadSoft     fyne.ThemeColorName = "shopbell.bad-soft"
	ColorNeutral     fyne.ThemeColorName = "shopbell.neutral" // grey
	ColorNeutralSoft fyne.ThemeColorName = "shopbell.neutral-soft"
	ColorAccentSoft  fyne.ThemeColorName = "shopbell.accent-soft"

	ColorCodeKey     fyne.ThemeColorName = "shopbell.code-key"
	ColorCodeString  fyne.ThemeColorName = "shopbell.code-string"
	ColorCodeNumber  fyne.ThemeColorName = "shopbell.code-number"
	ColorCodeWord    fyne.ThemeColorName = "shopbell.code-word"    // true, false, null, tag names
	ColorCodePunct   fyne.ThemeColorName = "shopbell.code-punct"   // brackets, commas
	ColorCodeStrange fyne.ThemeColorName = "shopbell.code-strange" // control bytes and bad UTF-8
	ColorCodeSelect  fyne.ThemeColorName = "shopbell.code-select"  // selected text
)

type shades struct{ light, dark color.NRGBA }

// palette is a literal that nobody writes to. The text pairs in it are held to
// a contrast of 4.5:1 by a test.
var palette = map[fyne.ThemeColorName]shades{
	theme.ColorNameBackground:          {rgb(0xffffff), rgb(0x1b212b)},
	theme.ColorNameForeground:          {rgb(0x1c2430), rgb(0xe7ebf0)},
	theme.ColorNameButton:              {rgb(0xf0f2f5), rgb(0x2a3240)},
	theme.ColorNameDisabled:            {rgb(0x98a1b2), rgb(0x667085)},
	theme.ColorNameDisabledButton:      {rgb(0xf6f7f9), rgb(0x222935)},
	theme.ColorNamePrimary:             {rgb(0x2b69e6), rgb(0x6ea0ff)},
	theme.ColorNameForegroundOnPrimary: {rgb(0xffffff), rgb(0x10203d)},
	theme.ColorNameHyperlink:           {rgb(0x2560d8), rgb(0x7dabff)},
	theme.ColorNameError:               {rgb(0xc8322b), rgb(0xff7a72)},
	theme.ColorNameForegroundOnError:   {rgb(0xffffff), rgb(0x38110e)},
	theme.ColorNameSuccess:             {rgb(0x0f7a40), rgb(0x4cc98a)},
	theme.ColorNameForegroundOnSuccess: {rgb(0xffffff), rgb(0x0c2a1a)},
	theme.ColorNameWarning:             {rgb(0x975400), rgb(0xf0b456)},
	theme.ColorNameForegroundOnWarning: {rgb(0xffffff), rgb(0x33240a)},
	theme.ColorNameFocus:               {alpha(0x2f6fed, 0x59), alpha(0x6ea0ff, 0x66)},
	theme.ColorNameHover:               {alpha(0x1c2430, 0x0d), alpha(0xe7ebf0, 0x12)},
	theme.ColorNamePressed:             {alpha(0x1c2430, 0x1f), alpha(0xe7ebf0, 0x26)},
	theme.ColorNameSelection:           {alpha(0x2f6fed, 0x38), alpha(0x6ea0ff, 0x4d)},
	theme.ColorNameInputBackground:     {rgb(0xfbfcfd), rgb(0x151a22)},
	theme.ColorNameInputBorder:         {rgb(0xd5dae1), rgb(0x364052)},
	theme.ColorNamePlaceHolder:         {rgb(0x626c80), rgb(0x95a0b0)},
	theme.ColorNameSeparator:           {rgb(0xe3e6ea), rgb(0x2b3340)},
	theme.ColorNameHeaderBackground:    {rgb(0xf6f7f9), rgb(0x14181f)},
	theme.ColorNameMenuBackground:      {rgb(0xffffff), rgb(0x222935)},
	theme.ColorNameOverlayBackground:   {rgb(0xffffff), rgb(0x1f2631)},
	theme.ColorNameScrollBar:           {alpha(0x1c2430, 0x55), alpha(0xe7ebf0, 0x55)},
	theme.ColorNameScrollBarBackground: {alpha(0x1c2430, 0x0a), alpha(0xe7ebf0, 0x0d)},
	theme.ColorNameShadow:              {alpha(0x101828, 0x2b), alpha(0x000000, 0x80)},

	ColorPane:        {rgb(0xf6f7f9), rgb(0x14181f)},
	ColorPanel:       {rgb(0xffffff), rgb(0x1b212b)},
	ColorBorder:      {rgb(0xe3e6ea), rgb(0x2b3340)},
	ColorMuted:       {rgb(0x5f697d), rgb(0x9ba6b6)},
	ColorSelected:    {rgb(0xe8f0fe), rgb(0x24344f)},
	ColorHoverRow:    {rgb(0xf4f6f9), rgb(0x202734)},
	ColorBar:         {rgb(0x8db0f5), rgb(0x48669f)},
	ColorGood:        {rgb(0x0f7a40), rgb(0x4cc98a)},
	ColorGoodSoft:    {rgb(0xe6f5ec), rgb(0x173626)},
	ColorCaution:     {rgb(0x975400), rgb(0xf0b456)},
	ColorCautionSoft: {rgb(0xfff3dc), rgb(0x3a2d13)},
	ColorBad:         {rgb(0xc42f28), rgb(0xff837b)},
	ColorBadSoft:     {rgb(0xfdebea), rgb(0x3c2022)},
	ColorNeutral:     {rgb(0x5b6578), rgb(0x9ba6b6)},
	ColorNeutralSoft: {rgb(0xf0f2f5), rgb(0x262e3b)},
	ColorAccentSoft:  {rgb(0xe8f0fe), rgb(0x24344f)},

	ColorCodeKey:     {rgb(0x1c2430), rgb(0xe7ebf0)},
	ColorCodeString:  {rgb(0x0f7a40), rgb(0x4cc98a)},
	ColorCodeNumber:  {rgb(0x2560d8), rgb(0x7dabff)},
	ColorCodeWord:    {rgb(0x7a3fb8), rgb(0xc79bff)},
	ColorCodePunct:   {rgb(0x5f697d), rgb(0x9ba6b6)},
	ColorCodeStrange: {rgb(0xa8480a), rgb(0xf0a05a)},
	ColorCodeSelect:  {rgb(0xe0ebff), rgb(0x223657)},
}

func rgb(hex uint32) color.NRGBA { return alpha(hex, 0xff) }

func alpha(hex uint32, a uint8) color.NRGBA {
	return color.NRGBA{R: uint8(hex >> 16), G: uint8(hex >> 8), B: uint8(hex), A: a}
}
