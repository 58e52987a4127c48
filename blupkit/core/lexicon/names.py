"""Which words are names in Denmark: first names and surnames, and those that are everyday words as well.

The names are facts: first names that at least 300 women or men and surnames that at least 1,000 people in Denmark bore
in 2005, as counted by the Department of Nordic Studies and Linguistics of the University of Copenhagen ("Danskernes
navne"); newer names of Statistics Denmark's lists of what the newborn are called; and, added by hand, names that are
common among those who came from elsewhere. Which of them are words of everyday Danish was decided by hand: a dictionary
calls "søren" and "helle" words, and a reader thinks of a person.
"""

from __future__ import annotations

import unicodedata
from typing import Final

_FIRST: Final = """
    aage aase abbas abdallah abdel abdi abdirahman abdul abdullah abdullahi abel abelone abigael abraham ada adam adda
    addy adel adele adelheid adem adis adler admir adnan adolf adolfine adolph adrian agathe agda agner agnes agnete
    agnethe agnieszka ahlmann ahmad ahmed ahmet aida aisha aksel alaa alan alba albert alberte albertine albin albrecht
    aldin aleksander aleksandra alex alexander alexandra alf alfa alfons alfred alfrida ali alice alina alis allan
    allis alma almir almira alvilda alvin amal amalia amalie amanda amandus amdi amela amin amina aminata amir amit
    amos amra amy ana anas anastasia ancher anders andersine andre andrea andreas andrei andrew andrzej andré andy ane
    anette angela angelica angelika angelo anika anil anina anine anita anitta anja anke anker ankjær ann anna annalise
    anne annegrethe anneli annelie annelise annemarie annemette annette anni annie annika annine anny anselm ansgar
    anthon anthony antoinette anton antonette antoni antonia antonie antonio antonius anwar aputsiaq aqqaluk aram arash
    arent arild arly armin arndt arne arno arnold arnt aron arthur arun arvid arwa asbjørn asger asha asif ask aske
    asma asmaa asmus asta astrid atif august augusta auguste augustine augustinus ava aviaja aviâja axel aya ayan
    ayesha ayman ayoe ayse ayub azad azadeh aziz azra babak bahman bao baran barbara bartosz bashir basma bassam bassel
    bastian beata beate beathe beatrice bebiane behrouz belinda bella ben bende bendix bendt benedicte benedikte bengt
    benigne benjamin benni benno benny bent bente benthe bergliot berit berith berivan berk berner bernhard bernhardt
    bernt bernth berta bertel bertha berthel bertil bertine bertram beth betina bettina betty betül bianca bibi bilal
    bill billie birger birgit birgith birgithe birgitta birgitte birk birte birtha birthe bitten bjarke bjarne bjørg
    bjørk bjørn björn blessing bo boas bodil boe bogdan boje bolethe bolette boline bonnie borghild boris bothilde boy
    boye bozena brian brigitte brit brita britt britta broder bror bruno bue burak bushra bøge bøje børge bárður büsra
    caja camilla camille carina carl carla carlo carlos carmen carola carolina caroline carsten caspar casper catalin
    catharina catharine catherine cathrine catrine cecilia cecilie cecillie celal celina celine cem cenk chalotte
    chanette charles charlie charlotta charlotte charly chresten chris christa christel christen christence christian
    christiane christina christine christoffer christopher cicilie cille cindy claes claire clara claudia claus clement
    cleo conni connie conny conrad constance cornelia cornelius cristian cristina curt cæcilie dagmar dagny daisy dalia
    dalila damir dan daniel daniela daniella danielle danni dannie danny darius dariusz david dea dean debbie debora
    deepak delal denis denise deniz dennis desislava diana dianna dicte didde dieter dijana dilan dilara dimitar dina
    dines dino dion ditlev ditte divya dmitri dmytro donald dora dorethe doris dorit dorota dorothea dorrit dorte
    dorthe dorthea dragan dragana duaa dusine dyveke dzenan ea ebba ebbe ebru eddie edel edele edgar edin edit edith
    edle edmund edna eduard edvard edvin edward edwin ege eggert egil egon eigil eigild eik eiler eilif einar einer
    eivind ejgil ejgild ejler ejlif ejnar ejner ejvin ejvind ekaterina elena elene eleonora elfrida elfriede elgaard
    elham eli elias elida elif elin elina eline elinor elira elis elisa elisabet elisabeta elisabeth elise elith
    elizabeth elke ella ellen elli ellie ellinor elliot ellis elly elma elmer elna elo elof elsa else elsebet elsebeth
    elsie elsine elva elvin elvine elvir elvira ely elzbieta emanuel emil emilia emilie emilija emilius emily emina
    emine emma emmanuel emmely emmy emre ena enevold engel engelhardt enis enisa enok ercan erdal erdogan erhard
    erhardt eric erica erich erik erika erikka erkan erland erling ermin erna ernst ersin ervin erwin esben eske eskild
    esma esra ester esther estrid ethel etly eugen eugenia eugenie eva evald evan evelyn evy ewa ewald eyvind eyðun
    fadi fadime faduma fadumo faisal faith faiza fanny farah farhad farhan farid farida faruk fatih fatima fatma fatme
    fatos fatoumata felix ferdinand fereshteh ferhat fie fikret filip filippa filiz fin fini finn fiona firas flemming
    flora folke folmer francis franciska franck frands frank franklin frans frants frantz franz franziska freddie
    freddy frede frederik frederikke fredrik freja freya frida frieda friedrich frimann frimodt frithiof frithjof frits
    fritz fritze frode fuad gabriel gabriella gamze gedion geert georg george georgi georgine georgios gerd gerda
    gerhard gerhardt gerner gert gerth gertrud ghada gheorghe ghita gilbert gina giovanni gisela gitta gitte giulia
    giuseppe gjertrud glad gladys glen glenn godtfred goran gordon gorm gotfred gottlieb grace gregers greta grete
    gretha grethe grith gro gry grzegorz gudmand gudmund gudrun guldborg gunda gunhild gunild gunilla gunna gunnar
    gunner gunnhild gunni gunver gunvor gurli gustaf gustav guðrun gyda gøsta göran gül gülay gülsen günter günther
    haagen haakon hagbard hagen hajra hakon hala halfdan halil halima hallie hallur halvor hamdi hamid hamza hanaa
    hanan hanna hannah hanne hannibal hans hansa hansigne hansine harald harding hardy haris harly harriet harris harry
    hartvig hasan hasna hassan hasse hatice havva hector hedevig hedvig heide heidi heike heine heino heinrich heinz
    helen helena helene helga helge hella helle helmer helmut helmuth helvig hemming hendrik henni henning henny henri
    henriette henrik henry herbert herdis herluf herløv herman hermann hermine herta hertha hiba hibo hilal hilbert
    hilda hildegard hilding hildur hilma hilmar hilmer hiwet hjalmar hjalte hjørdis hodan holger holten horst hossein
    hother hubert huda hugo hulda huong husein husnia hussein høgni hülya hüseyin ian ib iben ibrahim ibtisam ida ifrah
    igor ihab ikram ilona ilse imad iman immanuel imran ina inaam indira inga inge ingeborg ingefred ingelise ingeman
    ingemann inger ingerlise ingo ingolf ingrid ingvar ingvard inuk inunnguaq ioana ionut iqbal irena irene irfan irina
    iris irma irmelin irmgard iryna isa isabel isabell isabella isabelle isak ishak ismahan ismail ismet ivalu ivan
    ivana ivar iver iveta iwona jacek jack jackie jacob jacobine jacqueline jacques jakob jakobine jamal james jan jane
    janet janina jann janne janni jannick jannie jannik janus jarl jaroslaw jasmin jasmina jasna jason jasper javed
    jean jeanet jeanett jeanette jeanne jeannette jeannie jeff jelena jennie jennifer jenny jens jensenius jensigne
    jensine jeppe jerzy jes jesper jess jessica jessie jette jilan jill jim jimmi jimmy jiyan jo joachim joakim joan
    joana joanna jocelyn joe joel johan johann johanna johanne johannes john johnna johnni johnny johny jokum jolanta
    jon jonas jonatan jonathan jonna jonny jose josef josefa josefine joseph josephine joshua josva joy juan judith
    judithe judy juel jul julia julian juliane julie julius june juni jurgita just justine justyna jutta jytta jytte
    jørgen jørgine jørn jógvan jón jörg jürgen kaare kadir kai kaia kaj kaja kalle kamal kamil kamila kamilla kamille
    kamma kamran karen kari karim karin karina karl karla karline karlo karna karolina karoline karsten kashif kaspar
    kasper katarina katarzyna kate katharina katharine kathe kathinka kathleen kathrine katinka katja katrin katrine
    katy kavitha kay kaya keld kell kemal ken kenn kennet kenneth kenni kenny kent kerstin ketty kevin khadar khadija
    khadra khaled khalid khalil kia kian kim kimmie kingo kira kirstein kirsten kirsti kirstine kis kit kitt kitty
    kjeld kjell kjerstine kjestine klara klaus klavs knud konrad kornelius kresten krestine kris krista kristen
    kristence kristense kristian kristiane kristin kristina kristine kristoffer krystyna krzysztof kumar kuno kurt
    kæthe kåre käthe kübra laila lajla lamia lars larsine lasse lau lauge laura laurette laurids laurine laurits
    lauritz laurs laust layla lea leander lee leif leila lejf lejla lena lene lenette leni lennart leo leon leonard
    leonhard leonhardt leonora leopold leslie levi levin leyla liam liban lili lilian lilja lilje lill lilli lillian
    lilly lily lina linda lindhardt lindy line linea linette linh linnea linnéa lis lisa lisbet lisbeth lise liselotte
    lisette liss lissa lissi lissie lissy liv liva liza lizette lizzi lizzie ljiljana lola lona lone lonni lonnie lonny
    lorens lorentz lorenz lotte loubna loui louie louis louisa louise lovise lubna lucas lucia lucie ludvig ludwig lui
    luis luise lukas lukasz luna lydia lydie lykke lynge lyudmila lærke løkke maciej madeleine mads madsine magda
    magdalena magdalene magdaline magna magne magnus magomed mahamed mahdi mahmoud mahmud mahsa mai maia maibrit
    maibritt maiken maj maja majbrit majbritt majid majken maksim malene malgorzata malik malou malte malthe malwina
    mamadou manal mandrup manfred manja manuel marc marcel marcin marco marcus marek maren margaret margareta margarete
    margaretha margarethe margit margith margot margrete margretha margrethe marguerite mari maria mariam marian
    mariane mariann marianna marianne maricel marie marina marinus mario marion marit marius mariusz marjun mark marko
    markus marlene marley marna marry marta martha marthine marthinus martin martina martine martinus marwa marwan mary
    maryam mateo mateusz mathea matheo mathias mathilda mathilde matias matilde matteo matthias mattias maud max may
    maya maybritt mazen mebrahtu medina mehdi mehmet melanie melchior melek melina melisa melissa meltem merete merethe
    merry mersiha merve meryem mesut meta metha methea mette mia michael michaela michal michala michel michela michele
    michella michelle mick mickey mie miguel mihaela mihai mik mikael mikail mikala mike miki mikkel mikkeline milan
    milas milena milica mille milo milton mimi mina mine minh minik minna mira mirela miriam mirjam mirsad mirza mitzi
    mogens mohamad mohamed mohammad mohammed mohamud mohsen mohsin molly mona monica monika monique monna morten moses
    mourits moustafa muhammad muhammed mumtaz muna munir munira murat mustafa my mykola mynte myrna nabil nabila nada
    nadeem nadia nadine nadira nadja naja najaaraq najib najwa nana nancy nanna nanny naomi narin naseem nasim nasir
    nasra nasreen nasrin nasser natacha natalia natalie natalija nataliya natascha natasha natasja nathalia nathalie
    nathan naveed nazir nazli neda nedim neel neha nelly nermin nermina nete ngoc nguyen nichlas nicholai nicholas nick
    nicki nicklas nicky niclas nicolai nicolaj nicolas nicole nicoline niels nielsigne nielsine nihad nikita niklas
    nikolai nikolaj nikoline nils nima nina ninette nini ninna nirosha nis nisreen nivi noah nohr noomi noor noora nora
    nordahl norma norman normann nour nuka nur nurcan nuri nynne oda oksana olaf olav ole oleksandr olena olga oline
    oliver olivia olof oluf omar omer omid orhan orla osama oscar oskar osman osvald othilia othilie otilie ottilia
    ottilie otto ottomine ove palle paninnguaq parisa parvin parwin patricia patrick patrik paul paula pauli pauline
    paulus pavia paw pawel peder peer pele pelle penelope per pernille petar peter petra petrea petrine petrus philip
    phillip phuong pia pierre pil piotr pipaluk plamen polly pooja poul poula pouline povl preben priya przemyslaw puk
    rabia rachel rafal ragna ragnar ragnhild rahma rahul rajesh rakel ralf ralph ramazan rami ramin rana randi rania
    ranja rannvá rasha rashid rasmine rasmus ratree raymond razvan rebecca rebekka recep reem regina regine regitze
    regnar regner reimer reinhard reinhardt reinhold reinholdt reinholt remzi renate rene renee rené renée rex reza
    rezan ricard richard richardt ricki ricky rico rie rigmor rikard rikardt rikke rima rita ritha ritta rizwan roald
    roar robert robin roger rogvi rojda rojin roland rolf roma ronald ronja ronni ronnie ronny rosa rosalia rosalie
    rose rosine rowena roy roya ruben ruby rud rudi rudolf rudolph rudy rumle runa rune ruta ruth ryan saad saadia
    sabah sabina sabine sabri sabrina sacha sadia sadiq safaa safia saga sagal sahra said saima sajid salah saleh salik
    salim sally salma salome salomon sam sami samir samira samra samuel sana sanaa sandeep sander sandie sandra sanela
    sanjay sanna sanne sara sarah sascha sasha scott sead sean sebastian sedat sejer sejr selahattin selam selim selina
    selma semra senad senius serdar sergei serhii serkan severin severine sevgi sevim shabana shahid shahram shazia
    sheila shirin sibel sidse sidsel sif siff sigal sigfred signe sigrid sigrun sigurd sigurður sigvald sigvard siham
    sihem silas silja silje silke sille simon simone simran sinan sine siri siriporn sisse sissel siv sivert skjold
    slavica slawomir smilla snezana snjezana sofia sofie sofus solveig solvej solvejg somchai songül sonja sonny sophia
    sophie sophus soraya stanislaw stanley steen stefan stefania stefanie steffan steffen stella sten stephan stephanie
    stephen steven stig stina stine stinne storm strange suad suda suhail suleiman sultan sune sunita suresh susan
    susanna susanne susie sussi sussie suzan suzanne sven svend svenn svenning svetlana sylvester sylvia sylwia synnøve
    sys szymon søren sørine søs sólrun süleyman tage tahir tamara tamer tania tanja tanveer tanya tarek tarik tariq
    tatiana tea teddy teis tekla tenna teresa terese terkel tetiana thanh thea theis thekla theo theodor theodora
    theresa therese theresia thilde thomas thomasine thomine thor thora thorbjørn thorkil thorkild thorleif thormod
    thorsten thorvald thue thuy thyge thyra thøger tilde tim timm tina tine tinna tinne tino tittus tobias toke tom
    tomas tomasz tommi tommy toni tonni tonny tony tor tora torben torbjørn tore torkil torkild tormod torsten tove
    trang trier trine tristan troels tsegay tuan tue turið tyge tønnes tülay uffe ulf ulla ulrich ulrik ulrikka ulrikke
    uma umar umut uno urban ursula usman ute uwe uzma vagn vagner vaida valborg valdemar valentin valter valther vanda
    vanessa vasile vera verner veronica veronika vesna vibe vibeke vicki vicky victor victoria vigga viggo viktor
    viktoria vilfred vilhelm vilhelmine vilja villads villiam villum villy vilma vincent vinni vinnie vinter viola
    violeta visti vita vitta vittus vitus vivi vivian vladimir volmer volodymyr vytautas wafa wagn wagner wahid
    waldemar walid walter walther wanda wanida waqas warda warsame wassim werner wilder wilhelm wilhelmine willemoes
    willi william willum willy wilma wilmer winni winnie wivi wojciech wolfgang xenia yasin yasmin yelva ylva yonas
    younes yousef youssef yrsa yulia yuliia yusuf yvonne zahid zahir zahra zainab zakaria zara zaynab zbigniew zeeshan
    zehra zenia zeynep ziad zilan zita zlatan zoe zofia zoran zubair zuhal øjvind åge åsa åse ömer özlem łukasz
"""
_LAST: Final = """
    aagaard abildgaard abrahamsen adamsen ahmad ahmed albertsen albrechtsen ali andersen andersson andreasen andreassen
    andresen antonsen asmussen astrup axelsen bach bager bagge bagger bak balle bang bay bech beck bendixen bendtsen
    bengtsson bentsen bentzen berg bergmann bertelsen berthelsen bidstrup birch birk bisgaard bitsch bjerg bjerre
    bjerregaard bjerrum bjørn bloch blom boesen boisen bonde borch borg borup boye boysen brandt brink brix bro broberg
    brodersen brogaard bruhn bruun brøndum buch buhl bundgaard busch busk buus bæk bødker bøgh børgesen callesen
    carlsen carlsson carstensen caspersen christensen christiansen christoffersen christophersen clausen clemmensen
    dahl dalgaard dall dalsgaard dam damgaard damm damsgaard danielsen daugaard davidsen degn dideriksen dinesen
    ditlevsen drejer due dupont duus ebbesen egede eliasen elkjær enevoldsen erichsen eriksen ernst esbensen eskildsen
    espensen espersen fabricius falk fischer fisker foged fogh frandsen frank frederiksen friis frost fuglsang gade
    gammelgaard geertsen gotfredsen gram graversen gravesen green gregersen greve groth grøn gundersen haagensen hald
    hammer hansen hansson hartmann hassan haugaard hauge hedegaard heilmann hein hemmingsen hendriksen henningsen
    henriksen hermann hermansen hertz hinrichsen hjort hjorth hoffmann holm holmberg holmgaard holst holt hougaard
    hussain husted hvid hviid høgh høj højgaard høyer ibsen ipsen isaksen iversen jacobsen jakobsen jansen jensen
    jeppesen jepsen jeremiassen jespersen jessen jochumsen joensen johannesen johannessen johannsen johansen johansson
    johnsen jonassen josefsen juhl junker just justesen juul jæger jønsson jørgensen jürgensen kaas karlsen karlsson
    kaspersen keller khan kirk kirkegaard kjeldgaard kjeldsen kjær kjærgaard kjærsgaard klausen kleist klitgaard
    knudsen koch kock koefoed kofod kofoed korsgaard krag kragelund kragh kramer krarup kristensen kristiansen
    kristoffersen krog krogh krogsgaard kruse kvist ladefoged lange larsen larsson lassen laugesen lauridsen lauritsen
    lauritzen laursen laustsen lehmann leth lind lindberg lindegaard lindholm lorentsen lorentzen lorenzen ludvigsen
    lund lundberg lundgaard lundsgaard lyberth lykke lynge madsen magnussen marcussen mark markussen martinsen
    martinussen mathiasen mathiassen mathiesen matthiesen matzen meier meldgaard meyer michaelsen michelsen mikkelsen
    mogensen mohamed mortensen mouritsen mouritzen munch munk mølgaard møller mørch mørk månsson müller nedergaard
    nguyen nicolaisen nicolajsen nielsen nikolajsen nilsson nissen nyborg nygaard nørgaard nørregaard nørskov odgaard
    olesen olsen olsson ottesen ottosen overgaard ovesen pallesen paulsen pedersen persson petersen petersson philipsen
    pihl pilgaard ploug poulsen povlsen qvist rahbek rask rasmussen raun ravn riis roed rohde rosenberg rytter rømer
    salomonsen samuelsen sand sandberg schmidt schneider schou schrøder schultz schwartz sejersen severinsen simonsen
    sivertsen skaarup skjødt skou skov skovgaard skriver skytte skøtt sloth smed smidt smith sommer sonne steen
    steffensen stokholm storgaard storm strøm svane svendsen svenningsen svensson søgaard søndergaard sørensen
    terkelsen terp therkelsen therkildsen thomasen thomassen thomsen thorsen thorup thrane thuesen thygesen thøgersen
    toft tolstrup torp tran troelsen truelsen tønnesen vad vang vestergaard vilhelmsen villadsen villumsen vinther voss
    wagner weber westergaard westh willumsen wind winther wolff worm wulff würtz yde østergaard
"""
#: Names that are everyday words too: only a capital inside a sentence tells them from the word.
_WORDS: Final = """
    adel alfa andre ane anker august bager bak balle bang ben bjerg bjørn bo bonde borg boy brink bro broder bror bue
    busk bæk bødker bøge bøje dam degn drejer due ebbe ege engel falk fin fisker flora foged frede frost gade glad gram
    greve gro grøn hagen hammer hans hjort holm holt hvid høj iver jo jul juni just jæger kaj kristen krog kvist
    ladefoged lange lilje lind line liv lund lykke lærke maj manuel marina mark max meta mine munk møller mørk nissen
    palle per pil rask ravn regner rene roma rosa rose rytter saga sand sejr silke sine skjold skov skriver skytte smed
    smidt sommer sten storm strøm sultan svane svend tage toft tom trang urban vad vang vinter yde
"""

FIRST_NAMES: Final = frozenset(_FIRST.split())
SURNAMES: Final = frozenset(_LAST.split())
NAME_WORDS: Final = frozenset(_WORDS.split())


def is_first_name(token: str) -> bool:
    """Whether a word is a first name, an everyday word too or not; a double name is one when both of its parts are.

    Parameters
    ----------
    token : str
        One word, in any case, without a genitive's s.

    Examples
    --------
    >>> [is_first_name(word) for word in ("Søren", "bo", "Anne-Mette", "Hansen", "kommunen")]
    [True, True, True, False, False]
    """
    return all(part in FIRST_NAMES for part in _plain(token).split("-"))


def is_surname(token: str) -> bool:
    """Whether a word is a common surname, an everyday word too or not.

    Parameters
    ----------
    token : str
        One word, in any case, without a genitive's s.

    Examples
    --------
    >>> [is_surname(word) for word in ("Hansen", "skov", "Søren")]
    [True, True, False]
    """
    return _plain(token) in SURNAMES


def is_only_name(token: str) -> bool:
    """Whether a word is a name and nothing else: in lower case and where a sentence begins, too, it is a person.

    Parameters
    ----------
    token : str
        One word, in any case, without a genitive's s.

    Examples
    --------
    >>> [is_only_name(word) for word in ("søren", "Hansen", "Bo", "skov")]
    [True, True, False, False]
    """
    return (is_first_name(token) or is_surname(token)) and _plain(token) not in NAME_WORDS


def _plain(token: str) -> str:
    return unicodedata.normalize("NFC", token).lower()
