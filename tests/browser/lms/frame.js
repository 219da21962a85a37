// Opens the package, as a player does once its own object is there.
document.querySelector('iframe').src = `${new URLSearchParams(location.search).get('module')}/index.html`;
