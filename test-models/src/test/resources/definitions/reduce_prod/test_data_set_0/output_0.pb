Boutput_0J 
öc,t\Æ¿ãõUHtBÁ¾¤¢–@éP§¾:ÈÅ‡2ş¾