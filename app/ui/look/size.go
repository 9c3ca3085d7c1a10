package look

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
)

// Names of our sizes beside those of the toolkit, in device independent pixels.
const (
	SizeTitle  fyne.ThemeSizeName = "shopbell.title"  // the event at the head of the detail pane
	SizeSmall  fyne.ThemeSizeName = "shopbell.small"  // second line of a row, status bar
	SizeCode   fyne.ThemeSizeName = "shopbell.code"   // monospaced evidence and bodies
	SizeRadius fyne.ThemeSizeName = "shopbell.radius" // corners of panels
	SizeGap    fyne.ThemeSizeName = "shopbell.gap"    // between the parts of a pane
	SizeRow    fyne.ThemeSizeName = "shopbell.row"    // height of a row of two lines
	SizeItem   fyne.ThemeSizeName = "shopbell.item"   // height of an entry of one line
)

var sizes = map[fyne.ThemeSizeName]float32{
	theme.SizeNameText:               14,
	theme.SizeNameCaptionText:        12,
	theme.SizeNameSubHeadingText:     17,
	theme.SizeNameHeadingText:        28,
	theme.SizeNamePadding:            4,
	theme.SizeNameInnerPadding:       8,
	theme.SizeNameLineSpacing:        4,
	theme.SizeNameInlineIcon:         18,
	theme.SizeNameScrollBar:          10,
	theme.SizeNameScrollBarSmall:     4,
	theme.SizeNameScrollBarRadius:    5,
	theme.SizeNameSeparatorThickness: 1,
	theme.SizeNameSplitThickness:     1,
	theme.SizeNameInputBorder:        1,
	theme.SizeNameInputRadius:        8,
	theme.SizeNameButtonRadius:       8,
	theme.SizeNameSelectionRadius:    6,
	theme.SizeNameCardRadius:         10,
	theme.SizeNameDialogRadius:       12,
	theme.SizeNamePopupRadius:        8,
	theme.SizeNameMenuRadius:         8,

	SizeTitle:  20,
	SizeSmall:  12.5,
	SizeCode:   12.5,
	SizeRadius: 10,
	SizeGap:    16,
	SizeRow:    56,
	SizeItem:   34,
}

// compactSizes are the sizes with less air.
var compactSizes = map[fyne.ThemeSizeName]float32{
	theme.SizeNamePadding:      3,
	theme.SizeNameInnerPadding: 6,
	theme.SizeNameLineSpacing:  2,
	SizeGap:                    10,
	SizeRow:                    46,
	SizeItem:                   28,
}

// ofText are the sizes that grow with the text.
var ofText = map[fyne.ThemeSizeName]bool{
	theme.SizeNameText: true, theme.SizeNameCaptionText: true, theme.SizeNameSubHeadingText: true,
	theme.SizeNameHeadingText: true, theme.SizeNameInlineIcon: true,
	SizeTitle: true, SizeSmall: true, SizeCode: true, SizeRow: true, SizeItem: true,
}
