// Where the page begins: its language, its theme, its address, then the shell.
import { mount } from 'svelte';
import '$/styles/fonts.css';
import '$/styles/tokens.css';
import '$/styles/base.css';
import '$/styles/print.css';
import { preferredLanguage, setLanguage } from '$/i18n/language.svelte';
import { startRouter } from '$/model/route.svelte';
import { startTheme } from '$/model/theme.svelte';
import Shell from '$/views/shell/Shell.svelte';

startTheme();
startRouter();
const target = document.getElementById('page');
if (target) void setLanguage(preferredLanguage()).then(() => mount(Shell, { target }));
