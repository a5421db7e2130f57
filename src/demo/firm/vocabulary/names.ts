/** First and last names that are combined at random: nobody in the firm exists. */

export const firstNames =
  'Ada Alma Amir Anouk Arlo Asta Bela Birte Bruno Calla Cyrus Dalia Dario Edda Elif Emil Enya Esra Fabio Fenja Finn Gesa Gitta Hanno Hedda Ida Ilja Imke Ines Ivo Jale Janek Jonas Juna Kaia Karim Kira Lale Lasse Leonie Lior Livia Malte Mara Mateo Mila Nadim Nele Nilo Noor Odin Ole Oona Pelle Pia Rasmus Rhea Ruben Sami Selma Silas Smilla Soraya Stine Tamo Tariq Thea Timo Tove Una Veit Vera Wanda Xenia Yara Yunus Zoe'.split(
    ' ',
  );

export const lastNames =
  'Abelin Achterberg Almstedt Aydinova Balcke Berglow Birkfeld Bravo-Linde Castellan Dahlmeer Danneborg Dorning Eberlin Ellerbach Emsdal Falkenrath Farrow Feldtmann Fjordson Galloway-Reed Garnholt Gessner Grünlow Haldern Harkness Hollin Ibarro Immerthal Jarnow Jessendorf Kalvik Karamov Kestrel Kirchow Lanthaler Lindgarten Lorcan Lundqvest Maronde Marwood Mehrane Mirbach Nachtweyh Nordholt Oakhurst Okonell Orlova-Kerr Ostendal Pahlow Penrow Quillner Ravnsborg Reinholt Rosendahl-Ito Sandoval-Kern Santori Selbach Sommerfeldt Tallis Teschner Thornby Uhlenbrock Vardanel Velten Vossberg Wakefern Wallingarth Westerkamp Wintrow Yilmarin Zandvoorde Zieglow'.split(
    ' ',
  );

export const employers =
  'Almond & Reed Logistics|Bluewater Energy|Castor Insurance|Dunefield Clinics|Elbmark Savings Bank|Fernhill Foods|Greyling Engineering|Hollis Media|Ironbridge Rail|Juniper Software|Kettlewell Stores|Lanternhouse Publishing'.split(
    '|',
  );
