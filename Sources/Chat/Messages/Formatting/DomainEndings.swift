/// What domains end in, as far as people type them without `http:` or `www.`: the countries' (ISO 3166), and of the others
/// those that are much in use.
enum DomainEndings {
  static let all = Set((countries + others).split(separator: " ").map(String.init))

  /// Those that names of files end in, too.
  static let ofFiles: Set = ["cc", "md", "mov", "ps", "py", "rs", "sh", "so", "zip"]

  private static let countries = """
    ac ad ae af ag ai al am ao aq ar as at au aw ax az ba bb bd be bf bg bh bi bj bm bn bo br bs bt bw by bz ca cc cd cf \
    cg ch ci ck cl cm cn co cr cu cv cw cx cy cz de dj dk dm do dz ec ee eg er es et eu fi fj fk fm fo fr ga gd ge gf gg \
    gh gi gl gm gn gp gq gr gs gt gu gw gy hk hm hn hr ht hu id ie il im in io iq ir is it je jm jo jp ke kg kh ki km kn \
    kp kr kw ky kz la lb lc li lk lr ls lt lu lv ly ma mc md me mg mh mk ml mm mn mo mp mq mr ms mt mu mv mw mx my mz na \
    nc ne nf ng ni nl no np nr nu nz om pa pe pf pg ph pk pl pm pn pr ps pt pw py qa re ro rs ru rw sa sb sc sd se sg sh \
    si sk sl sm sn so sr ss st su sv sx sy sz tc td tf tg th tj tk tl tm tn to tr tt tv tw tz ua ug uk us uy uz va vc ve \
    vg vi vn vu wf ws ye yt za zm zw
    """

  private static let others = """
     aero app art asia audio band bank bar berlin best bike bio blog boutique build business buzz cafe camp care cash cat \
    center chat church city click clinic cloud club coach codes coffee com community company computer cool coop courses \
    dance date dental design dev digital direct directory doctor dog earth edu education email energy engineering events \
    example exchange expert family farm finance fitness foundation fun fund gallery games garden gay gift global gmbh \
    gov green group guide guitars guru haus health help hockey homes horse hospital host house info ink institute int \
    international jobs kids kim kitchen koeln land law legal life link live lol london love ltd management market marketing \
    media men menu mil mobi moe money mov movie museum name net network news ngo ninja nyc one online ooo org page paris \
    partners parts photo photography photos pics pictures pink pizza plus post press pro productions properties pub quebec \
    realty recipes red rent repair report rest restaurant reviews rocks run sale school science scot services sexy shoes \
    shop show site ski social software solar solutions space sport store stream studio style support surf swiss systems \
    tax taxi team tech tel theater tips tirol today tools tours town toys trade training travel tube university vegas \
    ventures vet video vip vision vote wales watch website wedding wien wiki win wine work works world wtf xyz yoga zip \
    zone
    """
}
