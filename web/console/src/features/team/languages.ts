/** What is offered to be enabled: the languages with most readers on the web, and those of the European Union. */
export const known = [
  ..."ar bg bn ca cs da de el en es et eu fa fi fr ga gl he hi hr hu id is it ja ko lt lv mk ms mt nb nl".split(" "),
  ..."pl pt ro ru sk sl sq sr sv ta th tr uk ur vi zh".split(" "),
]
