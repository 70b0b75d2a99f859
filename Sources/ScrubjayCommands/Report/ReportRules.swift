/// The style rules of a report, without its colours, which are in ``ReportPalette``.
///
/// Everything unfolds without a script: `details` fold, anchors unfold, and everything is unfolded on paper.
let reportRules: StaticString = """
    *,*::before,*::after{box-sizing:border-box}
    html{background:var(--ground);color:var(--ink);scroll-padding-top:1rem;-webkit-text-size-adjust:100%;
    text-size-adjust:100%}
    body{margin:0 auto;padding:0 1.25rem 4rem;max-width:66rem;font:1rem/1.55 system-ui,-apple-system,"Segoe UI",
    Roboto,"Noto Sans","Liberation Sans","DejaVu Sans",Arial,sans-serif}
    h1,h2,h3{line-height:1.25;font-weight:650;text-wrap:balance}
    h1{margin:.25rem 0 .75rem;font-size:clamp(1.5rem,1.1rem + 2.2vw,2.25rem);letter-spacing:-.015em}
    h2{margin:0 0 .375rem;font-size:1.25rem;letter-spacing:-.005em}
    h3{margin:0;font-size:1rem}
    p{margin:0 0 .75rem;max-width:46rem}
    ul{margin:0;padding:0;list-style:none}
    a{color:var(--accent);text-underline-offset:.18em;text-decoration-thickness:1px;
    text-decoration-color:color-mix(in srgb,currentColor 45%,transparent)}
    a:hover{text-decoration-color:currentColor}
    :focus-visible{outline:3px solid var(--accent);outline-offset:2px;border-radius:3px}
    main:focus{outline:none}
    code{font:.875em/1.5 ui-monospace,SFMono-Regular,Menlo,Consolas,"Liberation Mono","DejaVu Sans Mono",monospace;
    overflow-wrap:anywhere}
    .quiet{color:var(--quiet)}
    .aside{color:var(--quiet);font-size:.875rem}
    .unseen{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
    .skip{position:absolute;left:1rem;top:-4rem;z-index:1;padding:.5rem 1rem;background:var(--paper);
    border:1px solid var(--rule);border-radius:6px}
    .skip:focus{top:.75rem}
    .brand{margin:2.5rem 0 0;color:var(--quiet);font-size:.875rem;letter-spacing:.04em}
    .verdict{display:flex;gap:.75rem;align-items:flex-start;margin:0 0 1.5rem;font-size:1.0625rem}
    .verdict svg{flex:none;width:1.5rem;height:1.5rem;margin-top:.06rem}
    .good{color:var(--good)}
    .caution{color:var(--caution)}
    .figures{display:grid;grid-template-columns:repeat(auto-fit,minmax(8.5rem,1fr));gap:1px;margin:0 0 1.5rem;
    background:var(--rule);border:1px solid var(--rule);border-radius:10px;overflow:hidden}
    .figures div{display:flex;flex-direction:column-reverse;justify-content:flex-end;padding:.875rem 1rem;
    background:var(--paper)}
    .figures dt{color:var(--quiet);font-size:.8125rem;line-height:1.35}
    .figures dd{margin:0;font-size:1.5rem;line-height:1.3;font-weight:650;font-variant-numeric:tabular-nums;
    letter-spacing:-.01em}
    .figures .small dd{font-size:1.125rem;line-height:1.6rem}
    nav{margin:0 0 2.5rem}
    nav ul{display:flex;flex-wrap:wrap;gap:.25rem 1.25rem;font-size:.9375rem}
    nav a{display:inline-block;padding:.125rem 0}
    section{margin:0 0 2.75rem}
    .frame{background:var(--paper);border:1px solid var(--rule);border-radius:10px;overflow:hidden}
    table{width:100%;border-collapse:collapse;font-size:.9375rem}
    th,td{padding:.5rem 1rem;text-align:left;vertical-align:top;overflow-wrap:anywhere;border-top:1px solid var(--rule)}
    thead th,thead td{border-top:0}
    thead th{color:var(--quiet);font-size:.8125rem;font-weight:600}
    tbody th{font-weight:500}
    .number{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
    .kinds th,.kinds td{overflow-wrap:normal}
    .kinds tbody th{white-space:nowrap}
    .kinds thead .number{white-space:normal}
    .kinds .of{width:30%;vertical-align:middle}
    .of svg{display:block;width:100%;height:.625rem}
    .whole{display:block;width:100%;height:1.25rem;border-radius:5px;margin:0 0 .75rem;background:var(--rule)}
    .legend{display:flex;flex-wrap:wrap;gap:.25rem 1.5rem;margin:0 0 1rem;font-size:.875rem}
    .legend svg,.mark svg{width:.875rem;height:.875rem;margin-right:.4rem;vertical-align:-.1em}
    .mark{white-space:nowrap;font-size:.8125rem}
    .secret{color:var(--secret)}
    .personal{color:var(--personal)}
    .infrastructure{color:var(--infrastructure)}
    svg .secret{fill:var(--secret)}
    svg .personal{fill:var(--personal)}
    svg .infrastructure{fill:var(--infrastructure)}
    svg .stripe{fill:none;stroke:var(--paper);stroke-width:2}
    svg .dot{fill:var(--paper)}
    .parameters{table-layout:fixed}
    .parameters th:nth-child(2){width:42%}
    .parameters th:nth-child(3){width:6rem}
    .reasons{margin:0;font-size:.9375rem}
    .reasons>div{display:grid;grid-template-columns:17rem 1fr;gap:.25rem 1.5rem;padding:.5rem 1rem;
    border-top:1px solid var(--rule)}
    .reasons>div:first-child{border-top:0}
    .reasons dd{margin:0}
    .reasons li{padding-left:1rem;text-indent:-1rem}
    .reasons code{line-break:anywhere}
    .parameters th p,.parameters td p{margin:.125rem 0 0;font-size:.8125rem;font-weight:400;color:var(--quiet)}
    .list>li{padding:.4375rem 1rem;border-top:1px solid var(--rule);font-size:.9375rem}
    .list>li:first-child{border-top:0}
    .list .aside{display:block}
    details>summary{cursor:pointer;list-style:none;padding:.5rem 1rem .5rem 2.25rem;position:relative;
    font-size:.9375rem}
    details>summary::-webkit-details-marker{display:none}
    details>summary::before{content:"";position:absolute;left:1.125rem;top:1rem;width:.4rem;height:.4rem;
    border-right:2px solid var(--quiet);border-bottom:2px solid var(--quiet);transform:rotate(-45deg)}
    details[open]>summary::before{transform:rotate(45deg)}
    summary:focus-visible{outline-offset:-3px}
    summary .count{float:right;margin-left:1rem;color:var(--quiet);font-size:.8125rem;line-height:1.5rem;
    font-variant-numeric:tabular-nums}
    summary h3{display:inline;font-weight:500;font-size:.9375rem}
    .more{margin:.75rem 0 0}
    .more>summary{padding-left:1.25rem;color:var(--accent)}
    .more>summary::before{left:.125rem}
    .tree{padding:.375rem 0;font-size:.9375rem}
    .tree ul{padding-left:1.25rem}
    .tree li>span,.tree li>a,.tree li>details>summary{padding-top:.1875rem;padding-bottom:.1875rem}
    .tree li.leaf{padding:.1875rem 1rem .1875rem 2.25rem}
    .tree details>summary::before{top:.65rem}
    .tree .count{float:right;margin-left:1rem;color:var(--quiet);font-size:.8125rem;line-height:1.4rem;
    font-variant-numeric:tabular-nums}
    .files{margin-top:1.25rem}
    .files>details+details{border-top:1px solid var(--rule)}
    .files>details[open]>summary{border-bottom:1px solid var(--rule)}
    .files :target{outline:2px solid var(--accent);outline-offset:-2px}
    .lines{table-layout:fixed;font-size:.9375rem}
    .lines th,.lines td{border:0;padding:.0625rem 0;line-height:1.5;vertical-align:baseline}
    .lines tr>:first-child{width:3.5rem;padding-right:.5rem;text-align:right;color:var(--quiet);
    font:400 .75rem/1.75 ui-monospace,SFMono-Regular,Menlo,Consolas,"Liberation Mono","DejaVu Sans Mono",monospace;
    -webkit-user-select:none;user-select:none}
    .lines tr>:nth-child(2){width:1.5rem;color:var(--quiet);text-align:center;-webkit-user-select:none;
    user-select:none}
    .lines thead th{padding:0!important;line-height:0!important}
    .lines td:last-child{padding-left:.25rem;padding-right:1rem}
    .lines code{white-space:pre-wrap;tab-size:4}
    .lines tbody tr:first-child>*{padding-top:.375rem}
    .lines tbody tr:last-child>*{padding-bottom:.375rem}
    .lines tbody+tbody{border-top:1px dashed var(--rule)}
    .before{background:var(--before)}
    .after{background:var(--after)}
    del,ins{text-decoration:none;border-radius:4px;padding:.0625rem .25rem;-webkit-box-decoration-break:clone;
    box-decoration-break:clone}
    del{background:var(--mask-ground);color:var(--mask);border:1px dashed var(--mask);font-family:system-ui,
    -apple-system,"Segoe UI",Roboto,"Noto Sans","Liberation Sans","DejaVu Sans",Arial,sans-serif;font-size:.8125rem;
    white-space:nowrap}
    ins{background:var(--stand-in-ground);color:var(--stand-in)}
    .gap{color:var(--quiet);font-size:.8125rem;font-style:italic}
    .remark{margin:0;padding:.5rem 1rem;max-width:none;color:var(--quiet);font-size:.875rem}
    .notice{padding:.75rem 1rem;border-left:4px solid var(--caution);background:var(--paper);
    border-radius:0 8px 8px 0}
    footer{margin-top:3.5rem;padding-top:1rem;border-top:1px solid var(--rule);color:var(--quiet);font-size:.875rem}
    @media (max-width:50rem){
    .kinds .of{display:none}
    }
    @media (max-width:38rem){
    body{padding:0 .875rem 3rem}
    .brand{margin-top:1.5rem}
    th,td{padding-left:.625rem;padding-right:.625rem}
    .figures{grid-template-columns:repeat(2,1fr)}
    .figures div:last-child:nth-child(odd){grid-column:1/-1}
    .kinds tbody th{white-space:normal}
    .kinds .number{white-space:normal;font-size:.875rem}
    .kinds thead .number,.kinds thead th{font-size:.6875rem;padding-left:.25rem;padding-right:.25rem}
    .kinds thead th:first-child{padding-left:.625rem}
    .kinds thead th:last-of-type{padding-right:.625rem}
    .kinds td{padding-left:.25rem;padding-right:.25rem}
    .kinds td:nth-last-child(2){padding-right:.625rem}
    .kinds .mark svg{margin:0}
    .kinds .mark span{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
    .parameters th:nth-child(2){width:40%}
    .parameters th:nth-child(3),.parameters td:last-child{width:3.5rem;padding-left:0;font-size:.8125rem}
    .parameters code,.reasons code{font-size:.8125rem}
    .reasons>div{grid-template-columns:1fr;padding:.5rem .625rem}
    .lines tr>:first-child{width:2.5rem}
    .lines tr>:nth-child(2){width:1.125rem}
    details>summary{padding-left:1.875rem;padding-right:.75rem}
    details>summary::before{left:.875rem}
    .tree ul{padding-left:.75rem}
    .tree li.leaf{padding-left:1.875rem;padding-right:.75rem}
    summary .count,.tree .count{margin-left:.5rem}
    }
    @media (max-width:22rem){
    .kinds thead th{overflow-wrap:anywhere}
    }
    @media print{
    html{background:none}
    body{max-width:none;padding:0;font-size:10pt}
    nav,.skip{display:none}
    h2,h3,summary{break-after:avoid}
    tr,li{break-inside:avoid}
    details::details-content{content-visibility:visible;display:block;block-size:auto}
    summary::before{display:none}
    section{margin-bottom:1.5rem}
    *{-webkit-print-color-adjust:exact;print-color-adjust:exact}
    }
    @media (forced-colors:active){
    .frame,.figures,del,ins{border:1px solid}
    svg{forced-color-adjust:none}
    }
    """
