/**
 * The names that Node takes for another name of a zone, in their usual capitals (the links of IANA's time zone database), by the area before their place.
 * Node tells the zone that such a name stands for, and not how the name itself is written. A link that is newer than this list becomes its zone.
 */
export const ZONE_LINKS: Readonly<Record<string, string>> = {
  'Africa/': 'Asmara Timbuktu',
  'America/Argentina/': 'Buenos_Aires Catamarca ComodRivadavia Cordoba Jujuy Mendoza',
  'America/':
    'Atikokan Atka Ensenada Fort_Wayne Knox_IN Montreal Nipigon Nuuk Pangnirtung Porto_Acre Rainy_River Rosario Santa_Isabel Shiprock Thunder_Bay Virgin Yellowknife',
  'America/Indiana/': 'Indianapolis',
  'America/Kentucky/': 'Louisville',
  'Antarctica/': 'South_Pole',
  'Asia/':
    'Ashkhabad Choibalsan Chongqing Chungking Dacca Harbin Ho_Chi_Minh Istanbul Kashgar Kathmandu Kolkata Macao Tel_Aviv Thimbu Ujung_Pandang Ulan_Bator Yangon',
  'Atlantic/': 'Faroe Jan_Mayen',
  'Australia/': 'ACT Canberra Currie LHI NSW North Queensland South Tasmania Victoria West Yancowinna',
  'Brazil/': 'Acre DeNoronha East West',
  '': 'CET CST6CDT Cuba EET EST EST5EDT Egypt Eire GB GB-Eire GMT GMT+0 GMT-0 GMT0 Greenwich HST Hongkong Iceland Iran Israel Jamaica Japan Kwajalein Libya MET MST MST7MDT NZ NZ-CHAT Navajo PRC PST8PDT Poland Portugal ROC ROK Singapore Turkey UCT Universal W-SU WET Zulu',
  'Canada/': 'Atlantic Central Eastern Mountain Newfoundland Pacific Saskatchewan Yukon',
  'Chile/': 'Continental EasterIsland',
  'Etc/': 'GMT GMT+0 GMT-0 GMT0 Greenwich UCT UTC Universal Zulu',
  'Europe/': 'Belfast Kyiv Nicosia Tiraspol Uzhgorod Zaporozhye',
  'Mexico/': 'BajaNorte BajaSur General',
  'Pacific/': 'Chuuk Johnston Kanton Pohnpei Samoa Yap',
  'US/': 'Alaska Aleutian Arizona Central East-Indiana Eastern Hawaii Indiana-Starke Michigan Mountain Pacific Samoa',
};
